// What only this window knows: which screen is open, what a person typed, failures of their last clicks.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Notice } from '../../common/model/app-state.ts'
import type { TraceSource } from '../../common/model/trace.ts'
import { type HistoryUi, initialHistoryUi } from '../view/history-view.ts'
import { initialReading, type Reading } from '../view/reading-view.ts'
import type { Recent } from '../view/recent-view.ts'
import type { RecordUi } from '../view/record-view.ts'

export const screens = ['quickstart', 'call', 'history', 'trace', 'settings'] as const
/** The time machine is opened from the others. */
export type ScreenName = (typeof screens)[number] | 'record'

/** By the id of the SIP session. */
export type PerCall = Readonly<Record<string, string>>

export interface Ui {
  screen: ScreenName
  /** Failures of clicks, shown beside main's notices. */
  notices: Notice[]
  history: HistoryUi
  /** The flight record that is open. */
  record: RecordUi
  traceSources: readonly TraceSource[]
  traceText: string
  traceRow: number | undefined
  /** What is open under the keys of a call. */
  panel: 'closed' | 'keypad' | 'transfer' | 'devices'
  /** Several keys of the dial pad, not sent yet. */
  keys: string
  /** Text of the dial field, and of the field for a transfer. */
  dial: string
  transferTo: string
  /** A call from an own number is being prepared: what is asked before it is placed. */
  through: boolean
  /** It is being placed: a second press would be a second call. */
  placing: boolean
  /** An outcome that a person has read and put away. */
  hidden: string | undefined
  /** The field that takes the keyboard as soon as it is there. */
  focus: 'dial' | 'keys' | 'history' | 'transcript' | 'speak' | 'voice' | undefined
  /** What lies over the screens: the palette, or the list of keys. */
  overlay: 'none' | 'palette' | 'keys'
  /** A part of Settings to go to as soon as they are there. */
  settingsPart: string | undefined
  /** Whom this window called last. */
  lastDialled: string | undefined
  /** People of the calls that were, each once, newest first. */
  recent: readonly Recent[]
  /** The token of an access key just made: nobody can show it again, so it outlives a change of the screen. */
  newKey: string | undefined
  /** Text in the composer, kept while screens and calls change. */
  drafts: PerCall
  /** The phrase that asks for something before it is said. */
  asking: PerCall
  reading: Reading
}

export type UiStore = StoreApi<Ui>

export const initialUi: Ui = {
  screen: 'quickstart',
  notices: [],
  history: initialHistoryUi,
  record: { status: 'closed' },
  traceSources: [],
  traceText: '',
  traceRow: undefined,
  panel: 'closed',
  keys: '',
  dial: '',
  transferTo: '',
  through: false,
  placing: false,
  hidden: undefined,
  focus: undefined,
  overlay: 'none',
  settingsPart: undefined,
  lastDialled: undefined,
  recent: [],
  newKey: undefined,
  drafts: {},
  asking: {},
  reading: initialReading,
}

/** Whatever belongs to an account; which screen is open does not. */
export const forgottenUi: Partial<Ui> = {
  history: initialHistoryUi,
  record: { status: 'closed' },
  traceText: '',
  traceRow: undefined,
  panel: 'closed',
  keys: '',
  dial: '',
  transferTo: '',
  through: false,
  hidden: undefined,
  lastDialled: undefined,
  recent: [],
  newKey: undefined,
  drafts: {},
  asking: {},
  reading: initialReading,
}

export const createUiStore = (start: Partial<Ui> = {}): UiStore =>
  createStore<Ui>(() => ({ ...initialUi, ...start }))
