// Entry of the gallery: `?state=call-live&theme=dark` shows one state, no state lists them all.
import '../strict-zod.ts'
import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { toLanguage } from '../../common/words/languages.ts'
import { loadLanguage } from '../../common/words/load-language.ts'
import { onLanguage, toLanguageNow } from '../../common/words/say.ts'
import { App } from '../app.tsx'
import { CallWindow } from '../components/CallWindow.tsx'
import { toPartId } from '../components/SettingsSection.tsx'
import { createCaptions } from '../state/captions.ts'
import { stillClock } from '../state/clock.ts'
import { type Companion, CompanionProvider } from '../state/companion.tsx'
import { createCopyStore } from '../state/copy-store.ts'
import { createFeed } from '../state/feed.ts'
import { toDocument } from '../state/language.ts'
import { createUiStore } from '../state/ui-store.ts'
import type { Actions } from '../view/actions.ts'
import { offerBench } from './bench.ts'
import { GalleryIndex } from './GalleryIndex.tsx'
import { offerHandle } from './handle.ts'
import { aKeyToken, aLine, now, sessionId } from './people.ts'
import { createStandInPhone } from './stand-in-phone.ts'
import { settingsParts } from './state.ts'
import { type GalleryState, galleryStates } from './states.ts'

const element = document.getElementById('root')
if (!element) throw new Error('gallery.html has no #root')
const root = createRoot(element)
const query = new URLSearchParams(location.search)
const shown = galleryStates.find((one) => one.id === query.get('state'))
onLanguage(toDocument)
await loadLanguage(toLanguage('system', [query.get('lang') ?? 'en']))
root.render(
  shown ? <Shown state={shown} theme={query.get('theme')} /> : <GalleryIndex states={galleryStates} />,
)
offerHandle(
  galleryStates.map(({ id }) => id),
  (id, theme, key) => {
    const state = galleryStates.find((one) => one.id === id)
    if (!state) throw new Error(`no gallery state ${id}`)
    root.render(<Shown key={key} state={state} theme={theme} />)
  },
)

function Shown({ state, theme }: { state: GalleryState; theme: string | null }) {
  useEffect(() => {
    const part = settingsParts[state.id]
    if (part !== undefined) document.getElementById(toPartId(part))?.scrollIntoView()
  }, [state])
  if (state.call) {
    const shade = theme === 'dark' ? 'dark' : 'light'
    const notice = { call: state.call, theme: shade, language: toLanguageNow() } as const
    return <CallWindow notice={notice} act={() => {}} />
  }
  const companion = toCompanion(state, theme === 'dark' || theme === 'light' ? theme : 'system')
  return (
    <CompanionProvider companion={companion}>
      <App />
    </CompanionProvider>
  )
}

function toCompanion(state: GalleryState, theme: 'system' | 'light' | 'dark'): Companion {
  const copy = createCopyStore(state.copy)
  copy.setState(({ app }) => ({ app: { ...app, settings: { ...app.settings, theme } } }))
  const ui = createUiStore(state.ui)
  offerBench(createFeed(copy), ui)
  return {
    copy,
    ui,
    phone: createStandInPhone(state.phone),
    actions: toActions(copy, ui),
    clock: stillClock(now),
    captions: aCaptions(),
  }
}

/** Some utterances of the other side, each on the screen a while after its end. */
function aCaptions() {
  let at = now - 60_000
  const captions = createCaptions(() => at)
  for (const lag of [540, 610, 720, 650, 1_180]) {
    captions.takeSound({ sessionId, where: 'ear', edge: 'start', at })
    captions.takeSound({ sessionId, where: 'ear', edge: 'end', at: at + 2_000 })
    at += 2_000 + lag
    captions.takeShown(sessionId, [aLine(0, 'out', 'Yes.', { offsetMs: at - lag - 2_000 - now })])
    at += 3_000
  }
  return captions
}

/** Settings and screens really change; everything else only looks as if. */
function toActions(copy: Companion['copy'], ui: Companion['ui']): Actions {
  const none = () => {}
  const worked = async () => undefined
  return {
    history: { find: worked, read: worked, recent: worked, save: worked, copy: worked, remove: worked },
    record: { open: worked, openFile: worked, body: async () => '', save: worked, close: none },
    ask: worked,
    tryAsk: worked,
    createAccessKey: async () => void ui.setState({ newKey: aKeyToken }),
    answer: none,
    decline: none,
    hangUp: none,
    setMuted: none,
    sendDtmf: none,
    goOnKeys: none,
    stopKeys: none,
    dial: none,
    dialThrough: worked,
    balance: async () => ({ credit: 42.5 }),
    setHeld: none,
    swapTo: none,
    transfer: none,
    transferTo: none,
    testRing: none,
    connectHeadset: none,
    forgetHeadset: none,
    change: (patch) =>
      copy.setState(({ app }) => ({ app: { ...app, settings: { ...app.settings, ...patch } } })),
    open: (screen) => ui.setState({ screen }),
    tell: none,
    dismiss: (id) =>
      copy.setState(({ app }) => ({ app: { ...app, notices: app.notices.filter((one) => one.id !== id) } })),
  }
}
