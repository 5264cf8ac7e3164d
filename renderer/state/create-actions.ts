// What the screens' buttons do: asks main or the phone, and turns a failure into a notice.
import type { MainCaller, RequestInput, RequestName } from '../../common/bridge/table.ts'
import { type ErrorData, toAppError } from '../../common/kit/errors.ts'
import type { Phone } from '../phone/phone.ts'
import type { Actions } from '../view/actions.ts'
import type { CopyStore } from './copy-store.ts'
import { createHistoryActions } from './history-actions.ts'
import { createRecordActions } from './record-actions.ts'
import type { UiStore } from './ui-store.ts'

interface Parts {
  main: MainCaller
  phone: Phone
  copy: CopyStore
  ui: UiStore
}

/** Notices of this window, so that its ids never meet main's. */
const noticePrefix = 'window-'
const mostNotices = 4

export function createActions({ main, phone, copy, ui }: Parts): Actions {
  let made = 0
  const notice = (error: ErrorData) => {
    made += 1
    const next = { id: `${noticePrefix}${made}`, at: Date.now(), error }
    ui.setState(({ notices }) => ({
      notices: [...notices.filter((one) => one.error.code !== error.code), next].slice(-mostNotices),
    }))
  }
  /** `undefined` when it worked. A stop that a person asked for is not a failure. */
  const outcome = async (work: Promise<unknown>): Promise<ErrorData | undefined> => {
    try {
      await work
      return undefined
    } catch (thrown) {
      const error = toAppError(thrown).toData()
      if (error.code === 'app.stopped') return undefined
      if (error.code === 'app.mainGone') copy.setState({ link: { status: 'lost', error } })
      return error
    }
  }
  const shown = async (work: Promise<unknown>) => {
    const error = await outcome(work)
    if (error) notice(error)
    return error
  }
  /** What went wrong with a call or its sound stands at that call already. */
  const toldUnlessCall = async (work: Promise<unknown>) => {
    const error = await outcome(work)
    if (error && !/^(call|media)\./.test(error.code)) notice(error)
  }
  const tryAsk = <N extends RequestName>(name: N, input: RequestInput<N>) => {
    const request = main[name] as (input: RequestInput<N>) => Promise<unknown>
    return outcome(request(input))
  }
  return {
    history: createHistoryActions({
      main,
      copy,
      ui,
      shown,
      writeClipboard: (text) => navigator.clipboard.writeText(text),
    }),
    record: createRecordActions({ main, ui, shown }),
    tryAsk,
    async ask(name, input) {
      const error = await tryAsk(name, input)
      if (error) notice(error)
      return error
    },
    createAccessKey: (input) =>
      outcome(main['accessKey.create'](input).then(({ token }) => ui.setState({ newKey: token }))),
    answer(sessionId) {
      void shown(phone.handlers['phone.answer']({ sessionId }))
      // The 200 leaves within this task; drawing another screen would come before it.
      setTimeout(() => ui.setState({ screen: 'call' }))
    },
    decline: (sessionId) => void shown(phone.handlers['phone.decline']({ sessionId })),
    hangUp: (sessionId) => void shown(phone.handlers['phone.hangUp']({ sessionId })),
    setMuted: (sessionId, muted) => phone.setMuted(sessionId, muted),
    sendDtmf: (sessionId, tones) => void shown(phone.sendDtmf(sessionId, tones)),
    goOnKeys: (sessionId) => phone.goOnKeys(sessionId),
    stopKeys: (sessionId) => phone.stopKeys(sessionId),
    dial(target) {
      ui.setState({
        screen: 'call',
        dial: '',
        transferTo: '',
        panel: 'closed',
        through: false,
        lastDialled: target.trim(),
      })
      void toldUnlessCall(phone.dial(target))
    },
    balance: () => main['account.balance']({}).catch(() => null),
    async dialThrough(from, to) {
      if (ui.getState().placing) return undefined
      ui.setState({ placing: true })
      const error = await tryAsk('call.placeThrough', { from, to })
      ui.setState({ placing: false })
      if (error) notice(error)
      else ui.setState({ screen: 'call', dial: '', through: false, lastDialled: to })
      return error
    },
    setHeld: (sessionId, held) => void shown(phone.setHeld(sessionId, held)),
    swapTo: (sessionId) => void shown(phone.swapTo(sessionId)),
    transfer(sessionId, target) {
      ui.setState({ hidden: undefined, transferTo: '', panel: 'closed' })
      void toldUnlessCall(phone.transfer(sessionId, target))
    },
    transferTo(sessionId, otherSessionId) {
      ui.setState({ hidden: undefined })
      void toldUnlessCall(phone.transferTo(sessionId, otherSessionId))
    },
    testRing: () => phone.testRing(),
    connectHeadset() {
      const keep = async () => {
        const headset = await phone.connectHeadset()
        if (headset) await main['settings.change']({ patch: { headset } })
      }
      void shown(keep())
    },
    forgetHeadset() {
      const forget = () => main['settings.change']({ patch: { headset: null } })
      void shown(phone.forgetHeadset().then(forget))
    },
    change: (patch) => void shown(main['settings.change']({ patch })),
    open: (screen) => ui.setState({ screen }),
    tell: notice,
    dismiss(id) {
      if (!id.startsWith(noticePrefix)) return void shown(main['app.dismissNotice']({ id }))
      ui.setState(({ notices }) => ({ notices: notices.filter((one) => one.id !== id) }))
    },
  }
}
