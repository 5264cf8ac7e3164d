// What only this window knows: which screen is open, what a person typed, failures of their last clicks.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Notice } from '../../common/model/app-state.ts'
import type { TraceSource } from '../../common/model/trace.ts'

export const screens = ['quickstart', 'call', 'trace', 'settings'] as const
export type ScreenName = (typeof screens)[number]

export interface Ui {
  screen: ScreenName
  /** Failures of clicks, shown beside main's notices. */
  notices: Notice[]
  traceSources: readonly TraceSource[]
  traceText: string
  traceRow: number | undefined
  keypad: 'open' | 'closed'
  /** Text in the composer, kept while screens change. */
  draft: string
}

export type UiStore = StoreApi<Ui>

export const initialUi: Ui = {
  screen: 'quickstart',
  notices: [],
  traceSources: [],
  traceText: '',
  traceRow: undefined,
  keypad: 'closed',
  draft: '',
}

export const createUiStore = (start: Partial<Ui> = {}): UiStore =>
  createStore<Ui>(() => ({ ...initialUi, ...start }))
