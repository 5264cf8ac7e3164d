// Where text is typed: Enter says, Shift+Enter makes a line, Esc silences, `/` looks for a phrase.
import { Button, Kbd, TextArea } from '@radix-ui/themes'
import { Eraser, Send, VolumeX } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { mostSayCharacters } from '../../../common/model/speaking.ts'
import { say } from '../../../common/words/say.ts'
import { useActions, useAppPart, useCompanion, usePhone, useUi } from '../../state/companion.tsx'
import { askFor, putBack, writeDraft } from '../../state/drafts.ts'
import { toAriaKeys, toTip } from '../../view/keys.ts'
import { type PhraseView, toPhrases } from '../../view/phrases-view.ts'
import { type SpeakView, toByteCount } from '../../view/speak-view.ts'
import { PhraseList, toOptionId } from './PhraseList.tsx'
import { VoiceKey } from './VoiceKey.tsx'

type Ready = Extract<SpeakView, { status: 'ready' }>

export function Composer({ view }: { view: Ready }) {
  const { ui } = useCompanion()
  const { sessionId } = view
  const field = useRef<HTMLTextAreaElement>(null)
  const focus = useUi((one) => one.focus)
  useEffect(() => {
    if (focus !== 'speak') return
    field.current?.focus()
    ui.setState({ focus: undefined })
  }, [focus, ui])
  const text = useUi((one) => one.drafts[sessionId] ?? '')
  const write = (draft: string) => writeDraft(ui, sessionId, draft)
  const phrases = usePhrases(text, view)
  const count = toByteCount(text)
  const speak = text.trim()
    ? () => {
        write('')
        void view.say(text.trim()).then((error) => {
          if (error) putBack(ui, sessionId, text)
        })
      }
    : undefined
  const onKeyDown = (event: KeyboardEvent) => {
    // An Enter that ends the composition of a character is not ours.
    if (event.nativeEvent.isComposing || phrases.onKey(event)) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      speak?.()
    }
    if (event.key === 'Escape') view.silence()
    if (event.key === 'z' && (event.ctrlKey || event.metaKey) && text === '' && view.takeBack) {
      event.preventDefault()
      void view.takeBack().then((back) => {
        // What was typed meanwhile stays.
        if (back !== undefined) write([back, ui.getState().drafts[sessionId]].filter(Boolean).join(' '))
      })
    }
  }
  return (
    <div className="composer">
      {phrases.found ? (
        <PhraseList id={phrases.id} phrases={phrases.found} at={phrases.at} use={phrases.use} />
      ) : null}
      <TextArea
        ref={field}
        size="2"
        value={text}
        rows={2}
        maxLength={mostSayCharacters}
        dir="auto"
        placeholder={say('Type what shall be said, or / for a phrase')}
        title={toTip(say('Text to say'), 'speak.focus')}
        aria-label={say('Text to say')}
        aria-keyshortcuts={toAriaKeys('speak.focus')}
        aria-controls={phrases.found ? phrases.id : undefined}
        aria-activedescendant={phrases.found?.[phrases.at] ? toOptionId(phrases.id, phrases.at) : undefined}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="composer-bar">
        <p className="composer-hint">
          {count ? <span data-over={count.over}>{count.text}</span> : (view.session ?? <Keys />)}
        </p>
        <VoiceKey voice={view.voice} />
        <Button
          variant="soft"
          color={view.sounding ? 'red' : 'gray'}
          onClick={view.silence}
          title={toTip(say('Silence the voice at once'), 'speak.silence')}
          aria-keyshortcuts={toAriaKeys('speak.silence')}
        >
          <VolumeX size={16} aria-hidden="true" /> {say('Silence')}
        </Button>
        <Button
          variant="soft"
          color="gray"
          disabled={!view.flush}
          onClick={view.flush}
          title={toTip(say('Drop what waits'), 'speak.flush')}
          aria-keyshortcuts={toAriaKeys('speak.flush')}
        >
          <Eraser size={16} aria-hidden="true" /> {say('Flush')}
        </Button>
        <Button disabled={!speak} onClick={speak}>
          <Send size={16} aria-hidden="true" className="directed" /> {say('Say')}
        </Button>
      </div>
    </div>
  )
}

function Keys() {
  return (
    <span className="keys">
      <Kbd size="1">Enter</Kbd> {say('says')} <Kbd size="1">Esc</Kbd> {say('silences')} <Kbd size="1">/</Kbd>{' '}
      {say('phrases')}
    </span>
  )
}

interface PhraseSearch {
  id: string
  /** Nothing while no phrase is looked for. */
  found: PhraseView[] | undefined
  at: number
  use: (phrase: PhraseView) => void
  /** Whether the key was for the list. */
  onKey: (event: KeyboardEvent) => boolean
}

/** A text that begins with `/` looks for a phrase. */
function usePhrases(text: string, view: Ready): PhraseSearch {
  const { ui } = useCompanion()
  const id = useId()
  const app = useAppPart('settings', 'people', 'links', 'bridged')
  const phone = usePhone()
  const actions = useActions()
  const [chosen, choose] = useState(0)
  const write = (draft: string) => writeDraft(ui, view.sessionId, draft)
  const found = text.startsWith('/') ? toPhrases(app, phone, text.slice(1)) : undefined
  const at = Math.min(chosen, Math.max(0, (found?.length ?? 0) - 1))
  const use = (phrase: PhraseView) => {
    write('')
    if (phrase.asks.length > 0) askFor(ui, view.sessionId, phrase.id)
    else void view.say(phrase.text)
    choose(0)
  }
  const onKey = (event: KeyboardEvent) => {
    if (!found) return false
    const phrase = found[at]
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) choose((at + step + found.length) % Math.max(1, found.length))
    else if (event.key === 'Escape') write('')
    else if (event.key === 'Tab' && phrase) write(phrase.text)
    else if (event.key === 'Enter' && phrase) use(phrase)
    else if (event.key === 'Enter' && text === '/') actions.open('settings')
    else return false
    event.preventDefault()
    return true
  }
  return { id, found, at, use, onKey }
}
