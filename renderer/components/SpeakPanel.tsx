// Typed text, spoken into the call: the queue with its proofs, the composer, and the phrase that asks for something.
import { say } from '../../common/words/say.ts'
import { useUi } from '../state/companion.tsx'
import type { SpeakView } from '../view/speak-view.ts'
import { ErrorNote } from './ErrorNote.tsx'
import { Composer } from './speak/Composer.tsx'
import { PhraseForm } from './speak/PhraseForm.tsx'
import { SpeakQueue } from './speak/SpeakQueue.tsx'

export function SpeakPanel({ view }: { view: SpeakView }) {
  const sessionId = view.status === 'ready' ? view.sessionId : ''
  const asking = useUi((ui) => ui.asking[sessionId])
  if (view.status === 'unavailable') {
    return (
      <section className="speak speak-off" aria-label={say('Speak by typing')}>
        <p>{view.reason}</p>
      </section>
    )
  }
  return (
    <section className="speak" aria-label={say('Speak by typing')}>
      {view.error ? <ErrorNote error={view.error} compact /> : null}
      {view.items.length > 0 ? <SpeakQueue items={view.items} againAll={view.againAll} /> : null}
      {asking === undefined ? (
        <Composer view={view} />
      ) : (
        <PhraseForm key={`${sessionId} ${asking}`} id={asking} view={view} />
      )}
    </section>
  )
}
