// How a thing stands, for icon and colour. `good` always comes with a proof.
export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'idle'
