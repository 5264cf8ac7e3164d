// Mute, hold by the person, and what becomes of a call while another one is in front.
//
//   in front ──park──→ on hold ──takeBack──→ in front
//                └───→ aside                        the far end refused: muted and silent on our side alone
import type { Hold } from './hold.ts'
import type { LiveSession, SessionOptions } from './session.ts'

export interface Aside extends Pick<LiveSession, 'setMuted' | 'setHeld' | 'takeBack' | 'park'> {
  /** Off hold, unless another one is in front: nobody asked for this one to be heard instead. */
  resume(): Promise<void>
}

export function createAside({ audio, get, set, onFront, note }: SessionOptions, hold: Hold): Aside {
  /** The far end refused to be held: muted and silent in its stead. Muted before? */
  let aside: { muted: boolean } | undefined
  /** Another one is in front, as far as the person is concerned. */
  let parked = false

  const setMuted = (muted: boolean) => {
    audio.setMuted(muted)
    set({ sending: muted ? 'muted' : 'on' })
  }
  const putAside = () => {
    if (aside || get().status !== 'established') return
    aside = { muted: get().sending === 'muted' }
    setMuted(true)
    audio.setSilent(true)
  }
  const comeBack = () => {
    if (!aside) return
    setMuted(aside.muted)
    audio.setSilent(false)
    aside = undefined
  }
  return {
    setMuted(muted: boolean) {
      if (!muted && aside) {
        aside = { muted: false }
        parked = false
        comeBack()
        onFront()
      } else setMuted(muted)
    },
    async setHeld(held: boolean) {
      if (!held) return takeBack()
      await hold.set(true)
    },
    takeBack,
    async resume() {
      if (!parked) await hold.set(false)
    },
    async park() {
      if (aside || get().status !== 'established') return
      parked = true
      await hold.set(true).catch((error: unknown) => {
        note(`not held: ${String(error)}`, 'bad')
        if (parked) putAside()
      })
    },
  }

  async function takeBack() {
    parked = false
    comeBack()
    onFront()
    await hold.set(false)
  }
}
