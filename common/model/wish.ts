// What somebody wishes outside of the window: to be done there, once. And what of that this shell can have.
import { z } from 'zod'

/** Keys that work everywhere do these; each is an action of the window's table. */
export const globalActions = ['call.answer', 'call.end', 'call.mute', 'call.silence'] as const
export type GlobalAction = (typeof globalActions)[number]

/** `dial`: into the field, never dialled. */
export type Wish = { id: number; at: number } & (
  | { kind: 'dial'; target: string }
  | { kind: 'action'; action: GlobalAction }
)

/** A key of the whole system: at least one of Ctrl, Alt and Super, because bare letters are typed. */
const GlobalKey = z
  .string()
  .regex(
    /^(?=.*(?:Ctrl|Alt|Super)\+)(?:(?:Ctrl|Alt|Shift|Super)\+){1,4}(?:[A-Z0-9]|F\d{1,2}|Space|Up|Down|Left|Right)$/,
    'a key such as Ctrl+Alt+Shift+A',
  )

export const GlobalKeys = z.object({
  on: z.boolean().default(false),
  'call.answer': GlobalKey.default('Ctrl+Alt+Shift+A'),
  'call.end': GlobalKey.default('Ctrl+Alt+Shift+H'),
  'call.mute': GlobalKey.default('Ctrl+Alt+Shift+M'),
  'call.silence': GlobalKey.default('Ctrl+Alt+Shift+Y'),
})
export type GlobalKeys = z.infer<typeof GlobalKeys>

/** `none`: not in this shell. */
export interface Outside {
  /** Whether links of other programs come here; `refused`: the system did not take it. */
  links: 'none' | 'off' | 'on' | 'refused'
  keys: 'none' | 'off' | 'on'
  /** Keys that another program has, or that the system does not give. */
  taken: GlobalAction[]
}

export const initialOutside: Outside = { links: 'none', keys: 'none', taken: [] }
