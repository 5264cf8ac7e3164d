// Every action that has a key: its words, its keys and where they count. Tooltips, the list of keys, the palette, the key
// handler and docs/keys.md are all made from this table. What an action does stands in state/action-runs.ts.
import type { Screen } from './actions.ts'

export interface ActionRow {
  /** What it does, as in a menu. */
  readonly words: string
  /** As in `Ctrl+Shift+A`; on a Mac Ctrl is the command key. The first one is shown; a bare key is not for fields. */
  readonly keys: readonly [string, ...string[]]
  readonly part: ActionPart
  /** The only screen where its key counts; nothing: on all of them. */
  readonly on?: Screen
}

export const actionParts = [
  'Everywhere',
  'Calling',
  'In a call',
  'Speaking',
  'History',
  'Quickstart',
] as const
export type ActionPart = (typeof actionParts)[number]

export const actionTable = {
  'palette.open': { part: 'Everywhere', words: 'Find an action, a setting or a person', keys: ['Ctrl+K'] },
  'keys.open': { part: 'Everywhere', words: 'Show all keys', keys: ['Ctrl+/'] },
  'go.quickstart': { part: 'Everywhere', words: 'Open Quickstart', keys: ['Ctrl+1'] },
  'go.call': { part: 'Everywhere', words: 'Open Call', keys: ['Ctrl+2'] },
  'go.history': { part: 'Everywhere', words: 'Open History', keys: ['Ctrl+3'] },
  'go.trace': { part: 'Everywhere', words: 'Open Trace', keys: ['Ctrl+4'] },
  'go.settings': { part: 'Everywhere', words: 'Open Settings', keys: ['Ctrl+5'] },
  'disturb.toggle': { part: 'Everywhere', words: 'Do not disturb, on or off', keys: ['Ctrl+Shift+B'] },

  'dial.focus': { part: 'Calling', words: 'Type whom to call', keys: ['Ctrl+Shift+D'] },
  'dial.again': { part: 'Calling', words: 'Call the last one again', keys: ['Ctrl+Shift+R'] },
  'dial.number': {
    part: 'Calling',
    words: 'Call from one of your numbers, through the platform',
    keys: ['Ctrl+Shift+O'],
  },
  'call.test': { part: 'Calling', words: 'Place a test call', keys: ['Ctrl+Shift+P'] },
  'call.answer': { part: 'Calling', words: 'Answer', keys: ['Ctrl+Shift+A'] },
  'call.end': { part: 'Calling', words: 'Hang up, give up or decline', keys: ['Ctrl+Shift+H'] },
  'call.silence': {
    part: 'Calling',
    words: 'Silence the ringing; it goes on ringing for the caller',
    keys: ['Ctrl+Shift+Y'],
  },
  'missed.clear': { part: 'Calling', words: 'Put the missed calls away', keys: ['Ctrl+Shift+G'] },

  'call.mute': { part: 'In a call', words: 'Mute or unmute', keys: ['Ctrl+Shift+M'] },
  'call.hold': { part: 'In a call', words: 'Hold or resume', keys: ['Ctrl+Shift+L'] },
  'call.keypad': { part: 'In a call', words: 'Open or close the keypad', keys: ['Ctrl+Shift+K'] },
  'call.transfer': { part: 'In a call', words: 'Transfer', keys: ['Ctrl+Shift+X'] },
  'call.swap': { part: 'In a call', words: 'Swap with the call that waits', keys: ['Ctrl+Shift+S'] },
  'call.connect': { part: 'In a call', words: 'Connect both calls with each other', keys: ['Ctrl+Shift+E'] },

  'history.search': { part: 'History', words: 'Search the history', keys: ['Ctrl+F', '/'], on: 'history' },

  'quickstart.run': {
    part: 'Quickstart',
    words: 'Run the quickstart',
    keys: ['Ctrl+Enter'],
    on: 'quickstart',
  },
  'quickstart.stop': {
    part: 'Quickstart',
    words: 'Stop the quickstart',
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
