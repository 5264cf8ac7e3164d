// @vitest-environment jsdom
// What can be pressed on the call screen and around it has a key of the table, or is reached in its own place.
import { beforeAll, expect, test } from 'vitest'
import { App } from '../../../renderer/app.tsx'
import { actionIds } from '../../../renderer/view/action-table.ts'
import { toAriaKeys } from '../../../renderer/view/keys.ts'
import { galleryState, prepareJsdom, render } from '../../support/render.tsx'

beforeAll(prepareJsdom)

const known = new Set(actionIds.map((id) => toAriaKeys(id)))
/**
 * Rows of lists, fields of forms and what was opened by a key: Tab and Enter reach them, and each row would need its own. The
 * composer has Enter and Esc, the search Enter, Shift+Enter and Esc; outcomes and past calls are put away or looked at in
 * their place, and whatever covers something closes by Esc.
 */
const inPlace = [
  ...['li', 'ol', 'ul', 'form', 'dialog', 'details', 'fieldset', '[role=dialog]', '[role=alertdialog]'],
  ...['.notices', '.error-note', '.call-beside', '.speak', '.transfer-outcome', '.call-last', '.call-tried'],
  ...['[role=search]', '.keys-way', '[aria-label^=Close]'],
].join()

/** One of each kind. */
const ids = [
  ...['call-idle', 'call-agent-idle', 'call-offline', 'call-recent', 'call-through', 'call-missed'],
  ...['call-ringing', 'call-calling', 'call-live', 'call-three', 'call-transfer', 'call-keypad'],
  ...['call-joined', 'call-ended', 'call-phrases', 'call-reading-search', 'call-sound-menu', 'call-palette'],
]
const states = ids.map((id) => galleryState(id))

test.each(states)('on $id', async (state) => {
  const page = await render(state, <App />)
  const buttons = [...page.element.querySelectorAll<HTMLElement>('.call button, .frame > .nav button')]
  const without = buttons.filter((one) => {
    const keys = one.getAttribute('aria-keyshortcuts')
    return keys === null ? one.closest(inPlace) === null : !known.has(keys)
  })
  expect(without.map((one) => one.getAttribute('aria-label') ?? one.textContent)).toEqual([])
  await page.close()
})
