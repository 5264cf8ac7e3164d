// Read this first: wires the features of main together and decides nothing.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { MainHandlers } from '../common/bridge/table.ts'
import type { Port } from '../common/kit/port.ts'
import { createScope } from '../common/kit/scope.ts'
import { sliceOf } from '../common/kit/slice.ts'
import { type AppState, initialAppState } from '../common/model/app-state.ts'
import { openAccountSide } from './account-side.ts'
import { createWindowBridge } from './bridge.ts'
import { createCallThrough } from './call-through.ts'
import { createChangeSettings } from './change-settings.ts'
import { closeDown } from './close.ts'
import { createDesk } from './desk.ts'
import { createHandlers } from './handlers.ts'
import { createHangUp } from './hang-up.ts'
import { openHistorySide } from './history-side.ts'
import type { Desk, Host } from './host.ts'
import { createInTurn } from './in-turn.ts'
import { followLanguage } from './language.ts'
import { createLeaving } from './leaving.ts'
import { watchNetwork } from './network-watch.ts'
import { createNotices } from './notices.ts'
import { createPeople } from './people/people.ts'
import { createPhoneMirror } from './phone/phone-mirror.ts'
import { openPhoneSide } from './phone-side.ts'
import { createPlacing } from './place-test.ts'
import { createPlatform } from './platform/create-platform.ts'
import { isVoipbin } from './platform/ping.ts'
import type { Platform, PlatformOptions } from './platform/platform.ts'
import { openPlatformSide } from './platform-side.ts'
import { createPresence } from './presence.ts'
import { createProfileSecrets } from './profile/profile-secrets.ts'
import { openProfiles, startWith } from './profile-side.ts'
import { createQuickstart } from './quickstart/runner.ts'
import { createQuickstartParts } from './quickstart-parts.ts'
import { createReach } from './reach.ts'
import { openRecordSide } from './record-side.ts'
import { createRenewTrust } from './renew-trust.ts'
import { createResume } from './resume.ts'
import { createRinging } from './ringing/ringing.ts'
import { createSettings } from './settings/create-settings.ts'
import { createSignOut } from './sign-out.ts'
import { createExportPhrases } from './speaking/export-phrases.ts'
import { createTrace } from './trace/trace.ts'
import { openWebhookSide } from './webhook-side.ts'
import { createWishes } from './wishes.ts'

export interface App {
  readonly store: Pick<StoreApi<AppState>, 'getState' | 'subscribe'>
  /** What is shown outside the window. */
  readonly desk: Desk
  /** What a window may ask; the command line calls the same. */
  readonly handlers: MainHandlers
  /** Connects a window. One at a time: a new one (after a crash or reload) replaces the old one. Returns its detach. */
  attach(port: Port): () => void
  /** The machine woke up or its network changed. */
  wake(): void
  /** Hangs up, unregisters, stops speaking sessions and closes everything; at most 5 s. */
  close(): Promise<void>
}

export interface AppOptions {
  /** Another platform, for tests. */
  createPlatform?: (options: PlatformOptions) => Platform
}

/** A network that is back answers sooner. */
const pingMs = 2_000

export function createApp(shell: Host, options: AppOptions = {}): App {
  const { log } = shell
  const scope = createScope('app', (error) => log.error('closing failed', error))
  const store = createStore<AppState>(() => ({ ...initialAppState, shell: shell.shell }))
  const state = () => store.getState()
  const notices = createNotices(sliceOf(store, 'notices'))

  const settings = createSettings({
    dataDir: shell.dataDir,
    log,
    set: (next, profiles) => store.setState({ settings: next, profiles }),
    notice: notices.add,
  })
  startWith(shell.profile, settings, notices.add)
  followLanguage(scope, { store, preferred: shell.languages, log })
  const secrets = createProfileSecrets({
    secrets: shell.secrets,
    now: () => settings.profiles().now,
    log,
  })
  const host: Host = { ...shell, secrets }
  const reach = createReach({ settings, resolveProxy: host.resolveProxy?.bind(host), log })

  const mirror = createPhoneMirror()
  const trace = createTrace({
    added: (rows) => {
      window.trace(rows)
      flight.trace(rows)
    },
    cleared: () => window.traceCleared(),
  })
  const traceOne: PlatformOptions['trace'] = (row) => trace.add([row])

  const flight = openRecordSide(scope, { host, store, mirror, notices })
  const history = openHistorySide(scope, { host, store, mirror, presence: () => presence, notices })

  const { practice, addresses, account, extension, subscription } = openPlatformSide(scope, {
    host,
    store,
    settings,
    notice: notices.add,
    settled: notices.settle,
    reach,
    trace: traceOne,
    createPlatform: options.createPlatform ?? createPlatform,
    onSignedIn: (signedIn) => presence.follow(signedIn),
  })

  const presence = createPresence(scope, {
    store,
    mirror,
    subscription,
    log,
    onEntries: (callId, entries) => {
      window.transcript(callId, entries)
      history.entries(callId, entries)
      flight.entries(callId, entries)
    },
    notice: notices.add,
    settle: notices.settle,
  })

  const { webhook, receiver } = openWebhookSide(scope, {
    store,
    settings,
    account,
    secrets: host.secrets,
    subscription,
    presence,
    trace: traceOne,
    log,
  })

  const phone = () => window.phone(scope)
  const phoneSide = openPhoneSide(scope, {
    host,
    store,
    settings,
    addresses,
    account,
    extension,
    mirror,
    phone,
    notices,
    reach,
  })
  const { registration } = phoneSide
  const ringing = createRinging(scope, {
    store,
    phone: mirror.store,
    change: settings.change,
    caller: phone,
    notice: notices.add,
  })
  const people = createPeople(scope, {
    slice: sliceOf(store, 'people'),
    phone: mirror.store,
    platform: account.platform,
    signedIn: account.signedIn,
    log,
  })
  const wishes = createWishes(sliceOf(store, 'wishes'))

  const { signIn, renew, leave, end, signUp, accessKeys, numbers, forgotPassword } = openAccountSide({
    account,
    practice,
    settings,
    apiUrl: () => addresses().apiUrl,
    reach,
    trace: traceOne,
    notice: notices.add,
    makeReady: () => void resume.ready(),
    registration,
    subscription,
    extension,
    presence,
    webhook,
    people,
    store,
    log,
  })
  const placing = createPlacing({
    settings: settings.current,
    extension: () => state().extension,
    calls: () => presence.features().calls,
    account,
    numbers,
    expectOwnCall: ringing.expectOwnCall,
    isRegistered: () => mirror.store.getState().registration.status === 'registered',
  })
  const callThrough = createCallThrough({
    store,
    mirror,
    slice: sliceOf(store, 'bridged'),
    calls: () => presence.features().calls,
    life: presence.life,
    place: placing.through,
    know: people.know,
    phone,
  })
  const { hangUp, loseWindow } = createHangUp({ scope, state, mirror, presence, phone, notice: notices.add })

  const inTurn = createInTurn()
  const { dropSignIn, leaveServer, forgetRecords } = createLeaving({
    account,
    practice,
    quickstart: () => quickstart,
    receiver,
    trace,
    ringing,
    leave,
    end,
  })
  const profiles = openProfiles({
    settings,
    secrets,
    mirror,
    inTurn,
    dropSignIn,
    async leave() {
      await quickstart.stop()
      await leaveServer()
      await forgetRecords()
      notices.clear()
    },
    turn: phoneSide.turn,
    connect: () => resume.again(),
  })
  const changeSettings = createChangeSettings({
    settings,
    checkNoCall: profiles.checkNoCall,
    turn: phoneSide.turn,
    renewPhone: phoneSide.renew,
    renewTrust: (before, after) => renewTrust(before, after),
    inTurn,
    leaveServer,
    dropSignIn,
    leaveExtension: async () => {
      await registration.unregister().catch(() => {})
      extension.leave()
    },
  })

  const connection = {
    hasStored: account.hasStored,
    signIn,
    provision: extension.provision,
    subscribe: subscription.open,
    register: registration.register,
  }
  const resume = createResume({
    ...connection,
    environment: () => settings.current().environment,
    isTaken: () => ['signedIn', 'signingIn'].includes(state().account.status),
    log,
  })
  const renewTrust = createRenewTrust({
    state,
    subscription,
    forgetFailure: account.leave,
    connectAgain: resume.again,
    log,
  })
  const quickstart = createQuickstart(scope, {
    slice: sliceOf(store, 'quickstart'),
    log,
    sayText: () => settings.current().sayText,
    parts: createQuickstartParts({
      store,
      mirror,
      signedIn: presence.features,
      ...connection,
      signIn: async () => {
        if (!account.signedIn()) await signIn({ by: 'stored' })
      },
      placeTest: placing.test,
      phone,
    }),
  })

  const records = () => ({ transcripts: presence.now()?.transcripts.all() ?? {} })
  const unwatched = createHandlers({
    snapshot: async () => ({ state: state(), ...records() }),
    openExternal: host.openExternal,
    dismiss: notices.dismiss,
    signIn,
    renew,
    look: account.look,
    forgotPassword,
    signUp,
    accessKeys,
    numbers,
    signOut: createSignOut({
      inTurn,
      profile: () => settings.profiles().now,
      quickstart,
      extension,
      account,
      webhook,
      leave,
      forgetRecords,
      log,
    }),
    extension,
    subscription,
    registration: { ...registration, renew: phoneSide.renew },
    signedIn: presence.features,
    placeTest: placing.test,
    callThrough,
    balance: () => account.platform().balance(),
    hangUp,
    quickstart,
    ringing,
    wishes,
    changeSettings,
    profiles,
    webhook,
    receiver,
    mirror,
    trace,
    history,
    exportPhrases: createExportPhrases({
      phrases: () => settings.current().phrases,
      saveFile: host.saveFile,
    }),
    records: flight,
  })
  const handlers = flight.watch(unwatched)

  const window = createWindowBridge(scope, {
    store,
    handlers: () => handlers,
    snapshot: records,
    onReady: () => {
      void registration.resume()
      void resume.start()
    },
    onGone: () => loseWindow(),
  })

  const askPhone = (name: 'phone.wake' | 'phone.probe') => {
    if (mirror.store.getState().registration.status === 'offline') return
    void phone()
      .then((caller) => caller[name]({}))
      .catch(() => {})
  }
  const wake = () => {
    subscription.wake()
    askPhone('phone.wake')
  }
  watchNetwork(scope, {
    state,
    phone: mirror.store.getState,
    ping: () => isVoipbin({ apiUrl: addresses().apiUrl, ...reach, trace: () => {} }, pingMs),
    retry() {
      if (state().subscription.status === 'waiting') subscription.wake()
      if (mirror.store.getState().registration.status === 'waiting') askPhone('phone.wake')
    },
    probe: () => askPhone('phone.probe'),
    wake,
  })

  return {
    store,
    desk: createDesk({
      ringing: ringing.desk,
      wishes,
      outside: sliceOf(store, 'outside'),
      notice: notices.add,
    }),
    handlers,
    attach: (port) => window.attach(port),
    wake,
    close: () => closeDown(scope, { quickstart, mirror, phone, registration, leave: end, log }),
  }
}
