// What a person does in the companion's window during a measured call, in either shell.
import { until } from '../figure.ts'
import type { PageClient } from './page-client.ts'
import { installTap, openPageEar } from './page-ear.ts'
import { noEar, type Phone } from './subject.ts'

type Hands = Pick<Phone, 'expectCall' | 'rings' | 'answer' | 'settled'>

const answerButton = `document.querySelector('button.accept:enabled')`

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
      const gone = `!document.querySelector('button.accept') && !document.querySelector('[data-phase="running"]')`
      await until('the end of the call in the window', () => page.evaluate<boolean>(gone))
    },
  }
}
