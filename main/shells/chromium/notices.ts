// Notifications of the page for what rings and what was missed: the one thing a browser shows above other windows.
import type { Scope } from '../../../common/kit/scope.ts'
import type { DeskFace } from '../../../common/model/ringing.ts'
import { say } from '../../../common/words/say.ts'
import type { Desk } from '../../host.ts'
import { toMissedText } from '../missed-text.ts'

export interface NoticeOptions {
  desk: Pick<Desk, 'face' | 'watch'>
  /** In the page; resolves with the value of its promise. */
  evaluate(expression: string): Promise<unknown>
  /** Brings the window to the front. */
  focus(): void
}

interface PageNotice {
  tag: 'ringing' | 'missed'
  title: string
  body: string
}

/**
 * They carry no buttons: those need a service worker, which this page has none of. A press on one shows the window, where
 * Answer has the keyboard. Nothing is raised by itself: whoever types elsewhere would answer with the next space.
 */
export function openNotices(scope: Scope, { desk, evaluate, focus }: NoticeOptions): void {
  const { ringing: before, lastMissed } = desk.face()
  let ringing = before?.sessionId
  let missed = lastMissed?.sessionId

  const show = (notice: PageNotice) => {
    void evaluate(toShowing(notice))
      .then((how) => {
        if (how === 'click') focus()
      })
      .catch(() => {})
  }
  const close = (tag: PageNotice['tag']) => void evaluate(toClosing(tag)).catch(() => {})

  const follow = (face: DeskFace) => {
    if (face.ringing?.sessionId !== ringing) {
      ringing = face.ringing?.sessionId
      if (!face.ringing) close('ringing')
      else
        show({
          tag: 'ringing',
          title: say('{name} is calling', { name: face.ringing.name }),
          body: face.ringing.address,
        })
    }
    if (face.missed === 0) {
      if (missed !== undefined) close('missed')
    } else if (face.lastMissed && face.lastMissed.sessionId !== missed) {
      show({ tag: 'missed', ...toMissedText(face.lastMissed, face.missed) })
    }
    missed = face.lastMissed?.sessionId
  }
  scope.add(desk.watch(follow))
}

const kept = (tag: PageNotice['tag']) => `globalThis[Symbol.for('companion.notice.${tag}')]`

/** Silent, because the phone rings; not while somebody looks at the window, but when they leave it while it rings. */
function toShowing({ tag, title, body }: PageNotice): string {
  const options = { body, tag, silent: true, renotify: false, requireInteraction: tag === 'ringing' }
  const isSeen = tag === 'ringing' ? 'false' : 'document.hasFocus()'
  return `Notification.permission !== 'granted' || ${isSeen} ? 'not shown' : new Promise((done) => {
    const show = () => {
      const notice = new Notification(${JSON.stringify(title)}, ${JSON.stringify(options)})
      ${kept(tag)} = notice
      notice.onclick = () => { done('click'); notice.close() }
      notice.onclose = () => done('closed')
      notice.onerror = () => done('failed')
    }
    ${toClosing(tag)}
    if (!document.hasFocus()) return show()
    globalThis.addEventListener('blur', show, { once: true })
    ${kept(tag)} = { close() { globalThis.removeEventListener('blur', show); done('not shown') } }
  })`
}

const toClosing = (tag: PageNotice['tag']) => `${kept(tag)}?.close()`
