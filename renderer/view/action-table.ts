// Every action that has a key: its words, its keys and where they count. Tooltips, the list of keys, the palette, the key
// handler and docs/keys.md are all made from this table. What an action does stands in state/action-runs.ts.
import type { Phrase } from '../../common/words/placeholders.ts'
import { phrase } from '../../common/words/say.ts'
import type { Screen } from './actions.ts'

export interface ActionRow {
  /** What it does, as in a menu. */
  readonly words: Phrase
  /** As in `Ctrl+Shift+A`; on a Mac Ctrl is the command key. The first one is shown; a bare key is not for fields. */
  readonly keys: readonly [string, ...string[]]
  readonly part: ActionPart
  /** The only screen where its key counts; nothing: on all of them. */
  readonly on?: Screen
}

/** In the order of the list. */
export const actionParts = {
  everywhere: phrase('Everywhere'),
  calling: phrase('Calling'),
  inCall: phrase('In a call'),
  reading: phrase('Reading'),
  speaking: phrase('Speaking'),
  history: phrase('History'),
  quickstart: phrase('Quickstart'),
} as const
export type ActionPart = keyof typeof actionParts

export const actionTable = {
  'palette.open': {
    part: 'everywhere',
    words: phrase('Find an action, a setting or a person'),
    keys: ['Ctrl+K'],
  },
  'keys.open': { part: 'everywhere', words: phrase('Show all keys'), keys: ['Ctrl+/'] },
  'go.quickstart': { part: 'everywhere', words: phrase('Open Quickstart'), keys: ['Ctrl+1'] },
  'go.call': { part: 'everywhere', words: phrase('Open Call'), keys: ['Ctrl+2'] },
  'go.history': { part: 'everywhere', words: phrase('Open History'), keys: ['Ctrl+3'] },
  'go.trace': { part: 'everywhere', words: phrase('Open Trace'), keys: ['Ctrl+4'] },
  'go.settings': { part: 'everywhere', words: phrase('Open Settings'), keys: ['Ctrl+5'] },
  'disturb.toggle': {
    part: 'everywhere',
    words: phrase('Do not disturb, on or off'),
    keys: ['Ctrl+Shift+B'],
  },

  'dial.focus': { part: 'calling', words: phrase('Type whom to call'), keys: ['Ctrl+Shift+D'] },
  'dial.again': { part: 'calling', words: phrase('Call the last one again'), keys: ['Ctrl+Shift+R'] },
  'dial.number': {
    part: 'calling',
    words: phrase('Call from one of your numbers, through the platform'),
    keys: ['Ctrl+Shift+O'],
  },
  'call.test': { part: 'calling', words: phrase('Place a test call'), keys: ['Ctrl+Shift+P'] },
  'call.answer': { part: 'calling', words: phrase('Answer'), keys: ['Ctrl+Shift+A'] },
  'call.end': { part: 'calling', words: phrase('Hang up, give up or decline'), keys: ['Ctrl+Shift+H'] },
  'call.silence': {
    part: 'calling',
    words: phrase('Silence the ringing'),
    keys: ['Ctrl+Shift+Y'],
  },
  'missed.clear': { part: 'calling', words: phrase('Put the missed calls away'), keys: ['Ctrl+Shift+G'] },

  'call.mute': { part: 'inCall', words: phrase('Mute or unmute'), keys: ['Ctrl+Shift+M'] },
  'call.hold': { part: 'inCall', words: phrase('Hold or resume'), keys: ['Ctrl+Shift+L'] },
  'call.keypad': { part: 'inCall', words: phrase('Open or close the keypad'), keys: ['Ctrl+Shift+K'] },
  'call.devices': {
    part: 'inCall',
    words: phrase('Open or close the devices of the call'),
    keys: ['Ctrl+Shift+U'],
  },
  'call.transfer': { part: 'inCall', words: phrase('Transfer'), keys: ['Ctrl+Shift+X'] },
  'call.swap': { part: 'inCall', words: phrase('Swap with the call that waits'), keys: ['Ctrl+Shift+S'] },
  'call.connect': {
    part: 'inCall',
    words: phrase('Connect both calls with each other'),
    keys: ['Ctrl+Shift+E'],
  },

  'reading.search': { part: 'reading', words: phrase('Search in the call'), keys: ['Ctrl+F'], on: 'call' },
  'reading.next': { part: 'reading', words: phrase('Next place that was found'), keys: ['F3'], on: 'call' },
  'reading.before': { part: 'reading', words: phrase('Place before'), keys: ['Shift+F3'], on: 'call' },
  'reading.live': { part: 'reading', words: phrase('Jump to live'), keys: ['Alt+L'], on: 'call' },
  'reading.again': {
    part: 'reading',
    words: phrase('Show their last line again, large'),
    keys: ['Alt+R'],
    on: 'call',
  },
  'reading.pin': {
    part: 'reading',
    words: phrase('Pin the chosen line, or this moment'),
    keys: ['Alt+P'],
    on: 'call',
  },
  'reading.flag': {
    part: 'reading',
    words: phrase('Flag the chosen line, or this moment'),
    keys: ['Alt+F'],
    on: 'call',
  },
  'reading.moments': {
    part: 'reading',
    words: phrase('List what is pinned and flagged'),
    keys: ['Alt+M'],
    on: 'call',
  },
  'reading.copy': {
    part: 'reading',
    words: phrase('Copy the transcript, or the chosen line'),
    keys: ['Alt+C'],
    on: 'call',
  },
  'reading.larger': { part: 'reading', words: phrase('Larger captions'), keys: ['Alt+.'], on: 'call' },
  'reading.smaller': { part: 'reading', words: phrase('Smaller captions'), keys: ['Alt+,'], on: 'call' },

  'speak.focus': {
    part: 'speaking',
    words: phrase('Type what shall be said, or / for a phrase'),
    keys: ['Alt+T'],
  },
  'speak.flush': { part: 'speaking', words: phrase('Drop what waits'), keys: ['Alt+X'] },
  'speak.voice': { part: 'speaking', words: phrase('Voice of this call'), keys: ['Alt+V'] },
  'speak.silence': { part: 'speaking', words: phrase('Silence the voice at once'), keys: ['Ctrl+.'] },
  'phrase.1': { part: 'speaking', words: phrase('Say phrase 1'), keys: ['Alt+1'] },
  'phrase.2': { part: 'speaking', words: phrase('Say phrase 2'), keys: ['Alt+2'] },
  'phrase.3': { part: 'speaking', words: phrase('Say phrase 3'), keys: ['Alt+3'] },
  'phrase.4': { part: 'speaking', words: phrase('Say phrase 4'), keys: ['Alt+4'] },
  'phrase.5': { part: 'speaking', words: phrase('Say phrase 5'), keys: ['Alt+5'] },
  'phrase.6': { part: 'speaking', words: phrase('Say phrase 6'), keys: ['Alt+6'] },
  'phrase.7': { part: 'speaking', words: phrase('Say phrase 7'), keys: ['Alt+7'] },
  'phrase.8': { part: 'speaking', words: phrase('Say phrase 8'), keys: ['Alt+8'] },
  'phrase.9': { part: 'speaking', words: phrase('Say phrase 9'), keys: ['Alt+9'] },

  'history.search': {
    part: 'history',
    words: phrase('Search the history'),
    keys: ['Ctrl+F', '/'],
    on: 'history',
  },

  'quickstart.run': {
    part: 'quickstart',
    words: phrase('Run the quickstart'),
    keys: ['Ctrl+Enter'],
    on: 'quickstart',
  },
  'quickstart.stop': {
    part: 'quickstart',
    words: phrase('Stop the quickstart'),
    keys: ['Ctrl+Shift+Enter'],
    on: 'quickstart',
  },
} as const satisfies Record<string, ActionRow>

export type ActionId = keyof typeof actionTable
export const actionIds = Object.keys(actionTable) as ActionId[]
export const toAction = (id: ActionId): ActionRow => actionTable[id]

/** What can be done right now; what is absent cannot. */
export type ActionRuns = { readonly [K in ActionId]?: (() => void) | undefined }

/** The action of a pressed key on this screen. */
export function findAction(chord: string, screen: Screen): ActionId | undefined {
  return actionIds.find((id) => {
    const { keys, on } = toAction(id)
    return keys.includes(chord) && (on === undefined || on === screen)
  })
}

/** Two actions that one key would run: nothing when every key is clear. */
export function findTwice(rows: Record<string, ActionRow> = actionTable): string[] {
  const all = Object.entries(rows).flatMap(([id, { keys, on }]) => keys.map((key) => ({ id, key, on })))
  return all.flatMap((one, at) =>
    all
      .slice(at + 1)
      .filter(({ key, on }) => key === one.key && (on === undefined || one.on === undefined || on === one.on))
      .map(({ id }) => `${one.key}: ${one.id}, ${id}`),
  )
}
