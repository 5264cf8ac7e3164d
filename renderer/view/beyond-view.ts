// Keys that work everywhere and links of other programs, as Settings show them: what this shell can, and why not.
import type { AppState } from '../../common/model/app-state.ts'
import { type GlobalAction, globalActions } from '../../common/model/wish.ts'
import { say } from '../../common/words/say.ts'
import { toAction } from './action-table.ts'
import type { Actions } from './actions.ts'
import { toChord, toKeyText } from './keys.ts'

export interface GlobalKeyView {
  action: GlobalAction
  label: string
  /** As on the keys. */
  key: string
  /** Another program has it. */
  taken: string | undefined
  change(key: string): void
}

export interface BeyondView {
  keysOn: boolean
  setKeys: ((on: boolean) => void) | undefined
  keysHelp: string
  keys: GlobalKeyView[]
  linksOn: boolean
  setLinks: ((on: boolean) => void) | undefined
  linksHelp: string
}

type BeyondParts = Pick<AppState, 'settings' | 'outside'>

export function toBeyond({ settings, outside }: BeyondParts, actions: Pick<Actions, 'change'>): BeyondView {
  const { globalKeys, openLinks } = settings
  const canKeys = outside.keys !== 'none'
  const canLinks = outside.links !== 'none'
  return {
    keysOn: canKeys && globalKeys.on,
    setKeys: canKeys ? (on) => actions.change({ globalKeys: { ...globalKeys, on } }) : undefined,
    keysHelp: canKeys
      ? say('Also while another program is in front. Press a field and then the new keys.')
      : say('A browser window hears no keys while another program is in front. The desktop program does.'),
    keys: canKeys && globalKeys.on ? globalActions.map(toKey) : [],
    linksOn: canLinks && openLinks,
    setLinks: canLinks ? (on) => actions.change({ openLinks: on }) : undefined,
    linksHelp: toLinksHelp(outside),
  }

  function toKey(action: GlobalAction): GlobalKeyView {
    return {
      action,
      label: say(toAction(action).words),
      key: toKeyText(globalKeys[action]),
      taken: outside.taken.includes(action)
        ? say('Another program has this key. Choose another one.')
        : undefined,
      change: (key) => actions.change({ globalKeys: { ...globalKeys, [action]: key } }),
    }
  }
}

function toLinksHelp({ links }: AppState['outside']): string {
  switch (links) {
    case 'none':
      return say(
        'A browser window cannot take links. Start the companion with one: npm start -- tel:+15551234567',
      )
    case 'refused':
      return say('The system did not give them to the companion. It must be installed as a package first.')
    default:
      return say('They fill the field for calling. Nobody is called before you press Call.')
  }
}

/** A pressed key as a key of the whole system; nothing for one that would be typed, or is only half of one. */
export function toGlobalKey(event: Parameters<typeof toChord>[0]): string | undefined {
  const names = toChord(event).split('+')
  const key = { ' ': 'Space', ArrowUp: 'Up', ArrowDown: 'Down', ArrowLeft: 'Left', ArrowRight: 'Right' }[
    names.at(-1) ?? ''
  ]
  const chord = [...names.slice(0, -1), key ?? names.at(-1)].join('+')
  const isKey = /^((Ctrl|Alt|Shift)\+)+([A-Z0-9]|F\d{1,2}|Space|Up|Down|Left|Right)$/.test(chord)
  return isKey && /(Ctrl|Alt)\+/.test(chord) ? chord : undefined
}
