// The headset at the phone: loaded when the phone is warm, because no call waits for its buttons.
import type { StoreApi } from 'zustand/vanilla'
import { AppError } from '../../../common/kit/errors.ts'
import type { Scope } from '../../../common/kit/scope.ts'
import type { PhoneState } from '../../../common/model/phone.ts'
import type { Settings } from '../../../common/model/settings.ts'
import type { SessionBoard } from '../session-board.ts'
import type { HeadsetAct } from './button-rules.ts'
import type { HeadsetDesk, HeadsetParts } from './headset.ts'
import type { HidPort } from './hid-port.ts'

export interface HeadsetAtPhone extends Pick<HeadsetDesk, 'connect' | 'forget'> {
  /** Takes a headset that was allowed before. Never fails. */
  resume(): Promise<void>
  /** What the settings remember of it: only that one is taken by itself. */
  remember(headset: Settings['headset']): void
}

interface Parts {
  hid: HidPort | undefined
  store: StoreApi<PhoneState>
  board: Pick<SessionBoard, 'find' | 'has' | 'swapTo'>
  note: HeadsetParts['note']
}

export function attachHeadset(scope: Scope, { hid, store, board, note }: Parts): HeadsetAtPhone {
  if (!hid) store.setState({ headset: { status: 'unavailable' } })
  let desk: Promise<HeadsetDesk> | undefined
  let remembered: Settings['headset'] | undefined
  const act = (what: HeadsetAct) => {
    // Why it failed stands at the call.
    press(what, store.getState(), board).catch((error: unknown) => note(`headset: ${String(error)}`, 'bad'))
  }
  const open = () => {
    desk ??= import('./headset.ts').then(({ openHeadsetDesk }) =>
      openHeadsetDesk(scope, {
        hid,
        phone: store,
        set: (headset) => store.setState({ headset }),
        act,
        note,
        remembered: () => remembered,
      }),
    )
    return desk
  }
  return {
    async resume() {
      if (!hid || scope.ended) return
      await open()
        .then((one) => one.resume())
        .catch((error: unknown) => note(`headset: ${String(error)}`, 'bad'))
    },
    remember(headset) {
      remembered = headset
    },
    async connect() {
      if (!hid) throw new AppError('app.inputInvalid', { detail: 'this browser knows no headset buttons' })
      return (await open()).connect()
    },
    forget: async () => (await open()).forget(),
  }
}

async function press(what: HeadsetAct, state: PhoneState, board: Parts['board']): Promise<void> {
  const { sessions, front } = state
  const ringing = sessions.find(({ direction, status }) => direction === 'incoming' && status === 'ringing')
  if (what === 'answer' || what === 'decline') {
    if (ringing && board.has(ringing.id)) await board.find(ringing.id)[what]()
    return
  }
  const live = sessions.filter((one) => one.status !== 'ended' && one !== ringing && board.has(one.id))
  const ours = live.find(({ id }) => id === front) ?? live.at(-1)
  if (!ours) return
  if (what === 'mute' || what === 'unmute') board.find(ours.id).setMuted(what === 'mute')
  else if (what === 'hangUp') await board.find(ours.id).hangUp()
  else {
    const other = live.find((one) => one !== ours && one.status === 'established')
    if (other) await board.swapTo(other.id)
  }
}
