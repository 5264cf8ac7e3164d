// Draws a screen into jsdom with stores of the test's choice.
import { act, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { now } from '../../renderer/gallery/people.ts'
import { createStandInPhone } from '../../renderer/gallery/stand-in-phone.ts'
import { type GalleryState, galleryStates } from '../../renderer/gallery/states.ts'
import { createCaptions } from '../../renderer/state/captions.ts'
import { stillClock } from '../../renderer/state/clock.ts'
import { CompanionProvider } from '../../renderer/state/companion.tsx'
import { createCopyStore } from '../../renderer/state/copy-store.ts'
import { createUiStore } from '../../renderer/state/ui-store.ts'
import { rememberActions } from './screen-fixtures.ts'

/** What jsdom lacks and our components ask for. */
export function prepareJsdom(): void {
  Object.assign(globalThis, {
    IS_REACT_ACT_ENVIRONMENT: true,
    ResizeObserver: class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  })
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: async () => {} },
  })
  Element.prototype.scrollIntoView = () => {}
  window.matchMedia = (query) =>
    Object.assign(new EventTarget(), {
      matches: false,
      media: query,
      onchange: null,
      addListener() {},
      removeListener() {},
    }) as MediaQueryList
}

export function galleryState(id: string): GalleryState {
  const found = galleryStates.find((one) => one.id === id)
  if (!found) throw new Error(`no gallery state ${id}`)
  return found
}

export async function render(state: GalleryState, screen: ReactNode) {
  const element = document.createElement('div')
  document.body.append(element)
  const root = createRoot(element)
  const remembered = rememberActions()
  const companion = {
    copy: createCopyStore(state.copy),
    ui: createUiStore(state.ui),
    phone: createStandInPhone(state.phone),
    actions: remembered.actions,
    clock: stillClock(now),
    captions: createCaptions(),
  }
  await act(async () => root.render(<CompanionProvider companion={companion}>{screen}</CompanionProvider>))
  const buttons = () => [...element.querySelectorAll('button')]
  const button = (name: string) =>
    buttons().find((one) => (one.getAttribute('aria-label') ?? one.textContent ?? '').trim() === name)
  return {
    ...companion,
    ...remembered,
    element,
    button,
    click: (name: string) => act(async () => button(name)?.click()),
    close: () =>
      act(async () => {
        root.unmount()
        element.remove()
      }),
  }
}
