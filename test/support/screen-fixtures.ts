// What tests of views and screens need: actions that remember, and people from the gallery.
import type { Actions } from '../../renderer/view/actions.ts'

export interface Remembered {
  actions: Actions
  /** Every action with its arguments, in order. */
  calls: unknown[][]
}

export function rememberActions(): Remembered {
  const calls: unknown[][] = []
  const note =
    (name: string) =>
    (...more: unknown[]) =>
      void calls.push([name, ...more])
  const later =
    (name: string) =>
    async (...more: unknown[]) =>
      note(name)(...more)
  const actions: Actions = {
    history: {
      find: later('history.find'),
      read: later('history.read'),
      recent: later('history.recent'),
      save: later('history.save'),
      copy: later('history.copy'),
      remove: later('history.remove'),
    },
    record: {
      open: later('record.open'),
      openFile: later('record.openFile'),
      body: async (...more) => {
        note('record.body')(...more)
        return ''
      },
      save: later('record.save'),
      close: note('record.close'),
    },
    ask: async (...more) => note('ask')(...more),
    tryAsk: async (...more) => note('tryAsk')(...more),
    createAccessKey: async (...more) => note('createAccessKey')(...more),
    answer: note('answer'),
    decline: note('decline'),
    hangUp: note('hangUp'),
    setMuted: note('setMuted'),
    sendDtmf: note('sendDtmf'),
    goOnKeys: note('goOnKeys'),
    stopKeys: note('stopKeys'),
    dial: note('dial'),
    balance: async () => ({ credit: 42.5 }),
    dialThrough: async (...more) => note('dialThrough')(...more),
    setHeld: note('setHeld'),
    swapTo: note('swapTo'),
    transfer: note('transfer'),
    transferTo: note('transferTo'),
    testRing: note('testRing'),
    connectHeadset: note('connectHeadset'),
    forgetHeadset: note('forgetHeadset'),
    change: note('change'),
    open: note('open'),
    dismiss: note('dismiss'),
    tell: note('tell'),
  }
  return { actions, calls }
}
