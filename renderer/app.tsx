// The window: navigation, status strip, the open screen, notices.
import { DirectionProvider } from '@radix-ui/react-direction'
import { Theme } from '@radix-ui/themes'
import { useEffect, useState } from 'react'
import type { Settings } from '../common/model/settings.ts'
import { toDirection } from '../common/words/say.ts'
import { DisturbBar } from './components/DisturbBar.tsx'
import { LinkState } from './components/LinkState.tsx'
import { Nav } from './components/Nav.tsx'
import { News } from './components/News.tsx'
import { Notices } from './components/Notices.tsx'
import { RingBar } from './components/RingBar.tsx'
import { StatusStrip } from './components/StatusStrip.tsx'
import { Call } from './screens/Call.tsx'
import { History } from './screens/History.tsx'
import { KeyList } from './screens/palette/KeyList.tsx'
import { Palette } from './screens/palette/Palette.tsx'
import { Quickstart } from './screens/Quickstart.tsx'
import { Record } from './screens/Record.tsx'
import { Settings as SettingsScreen } from './screens/Settings.tsx'
import { Trace } from './screens/Trace.tsx'
import { useCompanion, useCopy, useUi } from './state/companion.tsx'
import { useLanguage } from './state/language.ts'
import { followShortcuts } from './state/shortcuts.ts'

const screens = {
  quickstart: Quickstart,
  call: Call,
  history: History,
  trace: Trace,
  settings: SettingsScreen,
  record: Record,
}

export function App() {
  const companion = useCompanion()
  const appearance = useAppearance(useCopy(({ app }) => app.settings.theme))
  // Everything below is drawn anew in another language.
  useLanguage()
  const screen = useUi((ui) => ui.screen)
  const Screen = screens[screen]
  useEffect(() => followShortcuts(companion), [companion])
  return (
    <Theme
      appearance={appearance}
      accentColor="indigo"
      grayColor="slate"
      radius="medium"
      panelBackground="solid"
      className="frame"
    >
      <DirectionProvider dir={toDirection()}>
        <Nav />
        <div className="stage">
          <StatusStrip />
          <LinkState />
          <DisturbBar />
          <RingBar />
          <main className="view" key={screen}>
            <Screen />
          </main>
        </div>
        <Notices />
        <News />
      </DirectionProvider>
      <Palette />
      <KeyList />
    </Theme>
  )
}

function useAppearance(theme: Settings['theme']): 'light' | 'dark' {
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches)
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)')
    const follow = () => setDark(query.matches)
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [])
  const appearance = theme === 'system' ? (dark ? 'dark' : 'light') : theme
  useEffect(() => {
    document.documentElement.style.colorScheme = appearance
  }, [appearance])
  return appearance
}
