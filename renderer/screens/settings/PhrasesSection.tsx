// Settings: texts that are said often, with their keys; into a file and out of one.
import { Button, IconButton, TextArea } from '@radix-ui/themes'
import { Download, Plus, Trash2, Upload } from 'lucide-react'
import { useRef, useState } from 'react'
import { AppError, type ErrorData } from '../../../common/kit/errors.ts'
import {
  mostPhraseCharacters,
  mostPhrases,
  type Phrase,
  parsePhraseFile,
  withImported,
} from '../../../common/model/phrases.ts'
import { say } from '../../../common/words/say.ts'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { useActions, useAppPart } from '../../state/companion.tsx'
import { toKeyText } from '../../view/keys.ts'
import { withPhrase } from '../../view/phrases-view.ts'

/** So that they stand in a text as they are typed. */
const braces = { name: '{name}', number: '{number}', order: '{order}' }
const newId = () => crypto.randomUUID()

export function PhrasesSection() {
  const { phrases } = useAppPart('settings').settings
  const actions = useActions()
  const set = (next: Phrase[]) => actions.ask('settings.change', { patch: { phrases: next } })
  return (
    <SettingsSection
      title="Phrases"
      text={say(
        'Said in a call with Alt and a digit, or found by typing / in the speak panel. They belong to this profile.',
      )}
    >
      {phrases.length > 0 ? (
        <ul className="phrase-rows" aria-label={say('Phrases')}>
          {phrases.map((phrase) => (
            <Row
              key={phrase.id}
              phrase={phrase}
              save={(changed) => void set(withPhrase(phrases, changed))}
              remove={() => void set(phrases.filter(({ id }) => id !== phrase.id))}
            />
          ))}
        </ul>
      ) : null}
      {phrases.length < mostPhrases ? (
        <NewPhrase add={(text) => set([...phrases, { id: newId(), text, ...freeKey(phrases) }])} />
      ) : null}
      <Files phrases={phrases} set={set} />
    </SettingsSection>
  )
}

/** The first nine get a key by themselves. */
function freeKey(phrases: readonly Phrase[]): Pick<Phrase, 'key'> {
  const key = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((one) => !phrases.some((phrase) => phrase.key === one))
  return key === undefined ? {} : { key }
}

interface RowProps {
  phrase: Phrase
  save: (phrase: Phrase) => void
  remove: () => void
}

function Row({ phrase, save, remove }: RowProps) {
  const [text, write] = useState(phrase.text)
  const commit = () => {
    const next = text.trim()
    if (next === '') write(phrase.text)
    else if (next !== phrase.text) save({ ...phrase, text: next })
  }
  const setKey = (value: string) => {
    const { key: _, ...rest } = phrase
    save(value === '' ? rest : { ...rest, key: Number(value) })
  }
  const keys = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((key) => ({
    value: String(key),
    label: toKeyText(`Alt+${key}`),
  }))
  return (
    <li>
      <TextArea
        value={text}
        rows={1}
        maxLength={mostPhraseCharacters}
        resize="vertical"
        dir="auto"
        aria-label={say('Text of the phrase')}
        onChange={(event) => write(event.target.value)}
        onBlur={commit}
      />
      <Choice
        aria-label={say('Key of: {text}', { text: phrase.text })}
        value={String(phrase.key ?? '')}
        options={[{ value: '', label: say('No key') }, ...keys]}
        onChoose={setKey}
      />
      <IconButton
        variant="ghost"
        color="gray"
        aria-label={say('Remove: {text}', { text: phrase.text })}
        onClick={remove}
      >
        <Trash2 size={16} />
      </IconButton>
    </li>
  )
}

function NewPhrase({ add }: { add: (text: string) => Promise<ErrorData | undefined> }) {
  const [text, write] = useState('')
  const submit = text.trim()
    ? () => {
        write('')
        void add(text.trim()).then((error) => {
          if (error) write((now) => now || text)
        })
      }
    : undefined
  return (
    <div className="phrase-new">
      <TextArea
        value={text}
        rows={2}
        maxLength={mostPhraseCharacters}
        dir="auto"
        aria-label={say('New phrase')}
        placeholder={say('Hello {name}, your order {order} is on its way.', braces)}
        onChange={(event) => write(event.target.value)}
      />
      <p className="field-hint">
        {say(
          '{name} and {number} are the caller’s; every other word in braces is asked for before the phrase is said.',
          braces,
        )}
      </p>
      <Button variant="soft" disabled={!submit} onClick={submit}>
        <Plus size={16} aria-hidden="true" /> {say('Add the phrase')}
      </Button>
    </div>
  )
}

function Files({ phrases, set }: { phrases: readonly Phrase[]; set: (next: Phrase[]) => Promise<unknown> }) {
  const actions = useActions()
  const picker = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState<ErrorData>()
  const read = async (file: File | undefined) => {
    if (!file) return
    const imported = file.size < 5_000_000 ? parsePhraseFile(await file.text()) : undefined
    setWrong(
      imported ? undefined : new AppError('speaking.phrasesUnreadable', { detail: file.name }).toData(),
    )
    if (imported) await set(withImported(phrases, imported, newId))
  }
  return (
    <>
      {wrong ? <ErrorNote error={wrong} compact /> : null}
      <div className="row">
        <input
          ref={picker}
          type="file"
          accept="application/json,.json"
          hidden
          aria-label={say('File with phrases')}
          onChange={(event) => {
            void read(event.target.files?.[0])
            event.target.value = ''
          }}
        />
        <Button variant="soft" color="gray" onClick={() => picker.current?.click()}>
          <Upload size={16} aria-hidden="true" /> {say('Import phrases')}
        </Button>
        <Button
          variant="soft"
          color="gray"
          disabled={phrases.length === 0}
          onClick={() => void actions.ask('phrases.export', {})}
        >
          <Download size={16} aria-hidden="true" /> {say('Export phrases')}
        </Button>
      </div>
    </>
  )
}
