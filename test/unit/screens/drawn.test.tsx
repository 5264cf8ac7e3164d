// @vitest-environment jsdom
// Every gallery state is drawn, in a language of marks: what is not marked is data, or never went through `say`.
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listenToTexts, speakIn } from '../../../common/words/say.ts'
import { App } from '../../../renderer/app.tsx'
import { CallWindow } from '../../../renderer/components/CallWindow.tsx'
import { type GalleryState, galleryStates } from '../../../renderer/gallery/states.ts'
import { prepareJsdom, render } from '../../support/render.tsx'
import { textsIn } from '../../support/texts-in.ts'
import { isData, isDataPlace } from './data.ts'

const said = new Set<string>()
let deafen = () => {}
beforeAll(() => {
  prepareJsdom()
  Element.prototype.scrollIntoView ??= () => {}
  speakIn('pseudo')
  deafen = listenToTexts((text) => said.add(text))
})
afterAll(() => {
  deafen()
  speakIn('en')
})

const attributes = ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'] as const

/** Letters outside of all marks, with the element that shows them. */
function unmarkedIn(root: Element): string[] {
  const found: string[] = []
  const tell = (text: string, element: Element, where: string) => {
    const bare = text.trim()
    if (!/\p{L}{2}/u.test(bare) || isDataPlace(element, where) || isData(bare)) return
    found.push(`${where} of <${element.tagName.toLowerCase()} class="${element.className}">: ${bare}`)
  }
  let depth = 0
  const outside = (text: string): string => {
    let bare = ''
    for (const letter of text) {
      if (letter === '⟦') depth++
      else if (letter === '⟧') depth--
      else if (depth === 0) bare += letter
      else bare += ' '
    }
    return bare
  }
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_ALL)
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node instanceof Element) {
      const before = depth
      for (const name of attributes) {
        depth = 0
        const text = node.getAttribute(name)
        if (text !== null) tell(outside(text), node, name)
      }
      depth = before
    } else if (node.nodeType === Node.TEXT_NODE && node.parentElement) {
      tell(outside(node.nodeValue ?? ''), node.parentElement, 'text')
    }
  }
  return found
}

const drawn = (state: GalleryState) =>
  state.call ? (
    <CallWindow notice={{ call: state.call, theme: 'light', language: 'en' }} act={() => {}} />
  ) : (
    <App />
  )

/** Names of buttons and fields. */
function expectNames(root: Element): void {
  // Read once: jsdom looks through the whole page for each question about a label.
  const labels = new Map(
    [...root.querySelectorAll('label')].map((label) => [label.htmlFor, label.textContent]),
  )
  for (const button of root.querySelectorAll('button')) {
    // A switch has its name from the label around it, or from the one that is meant for it.
    const label = () => button.closest('label')?.textContent ?? (button.id && labels.get(button.id))
    expect(button.getAttribute('aria-label') ?? (button.textContent || label())).toMatch(/\S/)
  }
  for (const field of root.querySelectorAll('input:not([type=radio]), textarea, select')) {
    const label = field.getAttribute('aria-label') ?? (field.id && labels.get(field.id))
    expect(label || field.closest('[aria-hidden]')).toBeTruthy()
  }
}

// All that is asked of every state is asked at once: to draw them takes longest.
test.each(galleryStates)(
  '$id is drawn, with names for buttons and fields, and every text went through `say` or is data (data.ts)',
  async (state) => {
    const page = await render(state, drawn(state))
    expect(page.element.querySelectorAll('.status-item')).toHaveLength(state.call ? 0 : 4)
    expectNames(page.element)
    expect(unmarkedIn(page.element)).toEqual([])
    await page.close()
  },
)

test('every text that was said stands in the code as a literal, where the catalogues find it', () => {
  const top = path.resolve(import.meta.dirname, '../../..')
  const files = globSync('{common,main,renderer}/**/*.{ts,tsx}', {
    cwd: top,
    exclude: ['renderer/gallery/**'],
  })
  const inCode = new Set(files.flatMap((file) => textsIn(file, readFileSync(path.join(top, file), 'utf8'))))
  expect([...said].filter((text) => /\p{L}{2}/u.test(text) && !inCode.has(text) && !isData(text))).toEqual([])
})
