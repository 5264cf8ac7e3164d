// What a person does in the companion's window during a measured call, in either shell.
import { until } from '../figure.ts'
import type { PageClient } from './page-client.ts'
import { installTap, openPageEar } from './page-ear.ts'
import { noEar, type Phone } from './subject.ts'

type Hands = Pick<Phone, 'expectCall' | 'rings' | 'answer' | 'settled'>

/** On the Call screen, and above any other screen. */
const answerButton = `document.querySelector('.call-answer button.accept:enabled, .ring-bar button.accept:enabled')`
const isIdle = `!document.querySelector('.call-answer, .ring-bar, [data-phase="inCall"]')`

export function createWindowHands(page: PageClient): Hands {
  let tapped = false
  return {
    async expectCall(kind) {
      if (kind === 'none') return noEar
      if (!tapped) await installTap(page)
      tapped = true
      return openPageEar(page)
    },
    async rings() {
      await until('the answer button', () => page.evaluate<boolean>(`Boolean(${answerButton})`))
    },
    // The clock is read in the page, just before the click.
    answer: () =>
      page.evaluate<number>(
        `(() => { const at = performance.timeOrigin + performance.now(); ${answerButton}.click(); return at })()`,
      ),
    async settled() {
      await until('the end of the call in the window', () => page.evaluate<boolean>(isIdle))
    },
  }
}
