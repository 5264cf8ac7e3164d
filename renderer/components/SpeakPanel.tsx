// Typed text, spoken into the call: Enter says, Shift+Enter makes a line, Esc flushes. Below it the queue with its proofs.
import { Button, IconButton, Kbd, TextArea } from '@radix-ui/themes'
import { Eraser, Send, VolumeX, X } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useCompanion, useUi } from '../state/companion.tsx'
import { type SpeakItemView, type SpeakView, toByteCount } from '../view/speak-view.ts'
import { ErrorNote } from './ErrorNote.tsx'
import { ToneIcon } from './ToneIcon.tsx'

export function SpeakPanel({ view }: { view: SpeakView }) {
  if (view.status === 'unavailable') {
    return (
      <section className="speak speak-off" aria-label="Speak by typing">
        <p>{view.reason}</p>
      </section>
    )
  }
  return (
    <section className="speak" aria-label="Speak by typing">
      {view.error ? <ErrorNote error={view.error} compact /> : null}
      {view.items.length > 0 ? <Queue items={view.items} /> : null}
      <Composer view={view} />
    </section>
  )
}

function Composer({ view }: { view: Extract<SpeakView, { status: 'ready' }> }) {
  const { ui } = useCompanion()
  const text = useUi((one) => one.draft)
  const write = (draft: string) => ui.setState({ draft })
  const count = toByteCount(text)
  const say = text.trim()
    ? () => {
        view.say(text.trim())
        write('')
      }
    : undefined
  const onKeyDown = (event: KeyboardEvent) => {
    // An Enter that ends the composition of a character is not ours.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault()
      say?.()
    }
    if (event.key === 'Escape') view.flush?.()
  }
  return (
    <div className="composer">
      <TextArea
        size="2"
        value={text}
        rows={2}
        placeholder="Type what the other side shall hear"
        aria-label="Text to say"
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="composer-bar">
        <p className="composer-hint">
          {count ? (
            <span data-over={count.over}>{count.text}</span>
          ) : (
            (view.session ?? (
              <span className="keys">
                <Kbd size="1">Enter</Kbd> says <Kbd size="1">Esc</Kbd> flushes
              </span>
            ))
          )}
        </p>
        <Button
          variant="soft"
          color="gray"
          disabled={!view.stop}
          onClick={view.stop}
          title="End the voice at once"
        >
          <VolumeX size={16} aria-hidden="true" /> Silence
        </Button>
        <Button
          variant="soft"
          color="gray"
          disabled={!view.flush}
          onClick={view.flush}
          title="Drop what waits"
        >
          <Eraser size={16} aria-hidden="true" /> Flush
        </Button>
        <Button disabled={!say} onClick={say}>
          <Send size={16} aria-hidden="true" /> Say
        </Button>
      </div>
    </div>
  )
}

function Queue({ items }: { items: SpeakItemView[] }) {
  return (
    <ol className="queue" aria-label="Spoken texts, newest first">
      {items.toReversed().map((item) => (
        <li key={item.id} data-status={item.status}>
          <ToneIcon tone={item.tone} />
          <span className="queue-words">
            <span className="queue-text">{item.text}</span>
            <span className="queue-timing">
              {item.timing}
              {item.error ? ` · ${item.error.say}` : null}
            </span>
          </span>
          {item.remove ? (
            <IconButton
              variant="ghost"
              color="gray"
              size="1"
              aria-label={`Remove: ${item.text}`}
              onClick={item.remove}
            >
              <X size={14} />
            </IconButton>
          ) : null}
        </li>
      ))}
    </ol>
  )
}
