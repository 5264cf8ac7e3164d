// Entry of the window: finds the way to main, opens the companion and draws it.
import './strict-zod.ts'
import { createRoot } from 'react-dom/client'
import { createScope } from '../common/kit/scope.ts'
import { App } from './app.tsx'
import { NoMain } from './components/NoMain.tsx'
import { createPhone } from './phone/create-phone.ts'
import { findPort } from './port.ts'
import { CompanionProvider } from './state/companion.tsx'
import { openCompanion } from './state/open-companion.ts'
import { followTitle } from './state/title.ts'

const element = document.getElementById('root')
if (!element) throw new Error('index.html has no #root')
const root = createRoot(element)
const port = findPort()

if (port) {
  const scope = createScope('window', (error) => console.error(error))
  const companion = openCompanion(scope, port, createPhone)
  followTitle(scope, companion.phone.store)
  addEventListener('pagehide', () => void scope.end())
  root.render(
    <CompanionProvider companion={companion}>
      <App />
    </CompanionProvider>,
  )
} else {
  root.render(<NoMain />)
}
