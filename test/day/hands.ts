// A person at the window: keys, typed words, and what the page says of its faults.
import { until } from '../bench/figure.ts'
import { openPageClient, type PageClient } from '../e2e/shells/page-client.ts'

/** The keys of the program, as its list of keys names them. */
const chords = {
  answer: 'a',
  hangUp: 'h',
  hold: 'l',
  mute: 'm',
  swap: 's',
  connect: 'e',
  dial: 'd',
  disturb: 'b',
} as const
export type Chord = keyof typeof chords

const screens = { quickstart: '1', call: '2', history: '3', trace: '4', settings: '5' } as const

export interface Hands {
  page: PageClient
  press(chord: Chord): Promise<void>
  open(screen: keyof typeof screens): Promise<void>
  /** A target into the field for it, and Enter. */
  dial(target: string): Promise<void>
  /** Errors that the page wrote to its console, exceptions and rejections that nobody took. */
  faults: string[]
  close(): void
}

const control = 2
const shift = 8

export async function openHands(portFile: string): Promise<Hands> {
  const page = await openPageClient(portFile, 'https://app.')
  const faults: string[] = []
  page.onEvent((method, params) => {
    const fault = toFault(method, params)
    if (fault !== undefined) faults.push(fault)
  })
  await page.send('Runtime.enable')
  const key = async (text: string, modifiers: number) => {
    const upper = text.toUpperCase()
    const code = /\d/.test(text) ? `Digit${text}` : text.length === 1 ? `Key${upper}` : text
    const shown = modifiers & shift ? upper : text
    const windowsVirtualKeyCode = text === 'Enter' ? 13 : upper.charCodeAt(0)
    const event = { key: shown, code, modifiers, windowsVirtualKeyCode }
    const typed = text === 'Enter' ? { text: '\r' } : {}
    await page.send('Input.dispatchKeyEvent', {
      type: text === 'Enter' ? 'keyDown' : 'rawKeyDown',
      ...event,
      ...typed,
    })
    await page.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event })
  }
  const focused = () => page.evaluate<boolean>('document.activeElement?.closest("form.dial") !== null')
  return {
    page,
    faults,
    press: (chord) => key(chords[chord], control | shift),
    open: (screen) => key(screens[screen], control),
    async dial(target) {
      await key(chords.dial, control | shift)
      await until('the field to dial in', focused)
      // Whatever stands there is replaced.
      await page.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', commands: ['selectAll'] })
      await page.send('Input.insertText', { text: target })
      await key('Enter', 0)
    },
    close: page.close,
  }
}

interface ConsoleCall {
  type: string
  args: Array<{ value?: unknown; description?: string }>
}

function toFault(method: string, params: object): string | undefined {
  if (method === 'Runtime.exceptionThrown') {
    const { exceptionDetails: details } = params as {
      exceptionDetails: { text: string; exception?: { description?: string } }
    }
    return `${details.text} ${details.exception?.description ?? ''}`
  }
  if (method !== 'Runtime.consoleAPICalled') return undefined
  const { type, args } = params as ConsoleCall
  if (type !== 'error' && type !== 'assert') return undefined
  return args.map(({ value, description }) => String(value ?? description)).join(' ')
}
