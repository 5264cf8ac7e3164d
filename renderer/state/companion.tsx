// The one context of the window: its stores, its actions, its clock. Components read from here, never from globals.
import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { AppState } from '../../common/model/app-state.ts'
import type { PhoneState } from '../../common/model/phone.ts'
import type { Phone } from '../phone/phone.ts'
import type { Actions } from '../view/actions.ts'
import type { Captions } from './captions.ts'
import type { Clock } from './clock.ts'
import type { Copy, CopyStore } from './copy-store.ts'
import type { Ui, UiStore } from './ui-store.ts'

export interface Companion {
  copy: CopyStore
  ui: UiStore
  phone: Pick<Phone, 'store' | 'levels' | 'listen' | 'setDoNotDisturb' | 'silence'>
  actions: Actions
  clock: Clock
  /** Lines on the screen beside the sounds of their calls. */
  captions: Captions
}

const Context = createContext<Companion | undefined>(undefined)

export function CompanionProvider({ companion, children }: { companion: Companion; children: ReactNode }) {
  return <Context value={companion}>{children}</Context>
}

export function useCompanion(): Companion {
  const companion = useContext(Context)
  if (!companion) throw new Error('no companion around this component')
  return companion
}

export const useActions = (): Actions => useCompanion().actions
export const useCopy = <T,>(select: (copy: Copy) => T): T => useStore(useCompanion().copy, select)
export const useApp = (): AppState => useCopy((copy) => copy.app)

/** These fields of main's state: every platform event changes one of the others. */
export function useAppPart<K extends keyof AppState>(...names: K[]): Pick<AppState, K> {
  const select = ({ app }: Copy) => {
    const part: Partial<AppState> = {}
    for (const name of names) part[name] = app[name]
    return part as Pick<AppState, K>
  }
  return useCopy(useShallow(select))
}
export const useUi = <T,>(select: (ui: Ui) => T): T => useStore(useCompanion().ui, select)

export function usePhone(): PhoneState {
  const { store } = useCompanion().phone
  return useSyncExternalStore(store.subscribe, store.getState)
}

/** The time in whole minutes: renders once a minute. */
export function useMinute(): number {
  const { clock } = useCompanion()
  return useSyncExternalStore(clock.subscribe, () => Math.floor(clock.now() / 60_000) * 60_000)
}

/** The time in whole seconds. Use it in the smallest component: it renders once a second. */
export function useNow(): number {
  const { clock } = useCompanion()
  return useSyncExternalStore(clock.subscribe, clock.now)
}
