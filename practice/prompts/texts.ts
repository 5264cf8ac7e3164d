// What the shipped prompts say, by their names in recorded.ts. Change it, then run make.ts.

export const sentences: Record<string, string> = {
  greeting:
    'Hello. This is the VoIPBIN real-time voice interaction test. You can speak now and your speech will be ' +
    'transcribed. The call will stay open for you to test the Speaking API.',
  typed: 'This sentence was typed and is spoken into the call.',
  noSynthesiser: 'No speech synthesiser is installed on this machine.',
  testCall: 'Hello. This is a VoIPBIN test call. Thank you, bye.',
}

export const digitNames = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
] as const
