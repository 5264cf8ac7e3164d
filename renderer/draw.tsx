// Everything that is seen, loaded beside the phone: a call must not wait for buttons.
import './styles/index.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { NoMain } from './components/NoMain.tsx'
import { type Companion, CompanionProvider } from './state/companion.tsx'

export function drawApp(element: HTMLElement, companion: Companion): void {
  createRoot(element).render(
    <CompanionProvider companion={companion}>
      <App />
    </CompanionProvider>,
  )
}

export function drawNoMain(element: HTMLElement): void {
  createRoot(element).render(<NoMain />)
}
