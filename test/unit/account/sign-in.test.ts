// What is shown of one customer's calls is not there for the next.
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { type AppState, initialAppState } from '../../../common/model/app-state.ts'
import { createSignIn } from '../../../main/sign-in.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

it('whoever leaves takes calls, joined calls and their moments along', async () => {
  const moment = { id: 'm1', kind: 'flag', at: 1 } as const
  const store = createStore<AppState>(() => ({
    ...initialAppState,
    bridged: { c1: { from: '+15550100001', to: '+4930123456', far: 'up' } },
    links: { s1: { status: 'linked', callId: 'c1', by: 'contact' } },
    moments: { h1: [moment] },
  }))
  const nothing = () => {}
  const signIn = createSignIn({
    store,
    registration: { unregister: async () => nothing() },
    subscription: { close: nothing },
    extension: { leave: nothing },
    presence: { end: async () => nothing() },
    forget: nothing,
    log: createQuietLog().log,
  } as unknown as Parameters<typeof createSignIn>[0])
  await signIn.leave()
  const { calls, bridged, links, speakings, moments } = store.getState()
  expect({ calls, bridged, links, speakings, moments }).toEqual({
    calls: {},
    bridged: {},
    links: {},
    speakings: {},
    moments: {},
  })
})
