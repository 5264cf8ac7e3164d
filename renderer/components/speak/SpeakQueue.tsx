// The texts of this call, newest first: what waits can be changed, what was not said can be said again.
import { Button, IconButton, TextField } from '@radix-ui/themes'
import { ArrowDown, ArrowUp, Check, Pencil, RotateCcw, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { mostSayCharacters } from '../../../common/model/speaking.ts'
import { say } from '../../../common/words/say.ts'
import { useNow } from '../../state/companion.tsx'
import type { SpeakItemView } from '../../view/speak-view.ts'
import { ToneIcon } from '../ToneIcon.tsx'

interface Props {
  items: readonly SpeakItemView[]
  againAll: (() => void) | undefined
}

export function SpeakQueue({ items, againAll }: Props) {
  const [editing, edit] = useState<string>()
  return (
    <>
      <ol className="queue" aria-label={say('Spoken texts, newest first')}>
        {items
          .toReversed()
          .map((item) =>
            item.edit && item.id === editing ? (
              <Editing key={item.id} text={item.text} edit={item.edit} leave={() => edit(undefined)} />
            ) : (
              <Item key={item.id} item={item} edit={() => edit(item.id)} />
            ),
          )}
      </ol>
      {againAll ? (
        <Button size="1" variant="soft" className="queue-left" onClick={againAll}>
          <RotateCcw size={14} aria-hidden="true" /> {say('Say again all that was not said to its end')}
        </Button>
      ) : null}
    </>
  )
}

function Item({ item, edit }: { item: SpeakItemView; edit: () => void }) {
  const { text } = item
  return (
    <li data-status={item.status}>
      <ToneIcon tone={item.tone} />
      <span className="queue-words">
        <span className="queue-text" title={text} dir="auto">
          {text}
        </span>
        <span className="queue-timing">
          {item.dueAt === undefined ? item.timing : <Due at={item.dueAt} />}
          {item.error ? ` · ${say(item.error.say)}` : null}
        </span>
      </span>
      <span className="queue-keys">
        {/* The newest stands on top, so what goes out earlier stands lower. */}
        <Key says={say('Earlier: {text}', { text })} press={item.up} icon={<ArrowDown size={14} />} />
        <Key says={say('Later: {text}', { text })} press={item.down} icon={<ArrowUp size={14} />} />
        <Key says={say('Edit: {text}', { text })} press={item.edit && edit} icon={<Pencil size={14} />} />
        <Key says={say('Say again: {text}', { text })} press={item.again} icon={<RotateCcw size={14} />} />
        <Key
          says={item.remove ? say('{does}: {text}', { does: item.remove.says, text }) : ''}
          press={item.remove?.run}
          icon={<X size={14} />}
        />
      </span>
    </li>
  )
}

function Key({ says, press, icon }: { says: string; press: (() => void) | undefined; icon: ReactNode }) {
  if (!press) return null
  return (
    <IconButton variant="ghost" color="gray" size="1" aria-label={says} title={says} onClick={press}>
      {icon}
    </IconButton>
  )
}

/** Counted down in whole seconds. */
function Due({ at }: { at: number }) {
  const seconds = Math.max(0, Math.ceil((at - useNow()) / 1000))
  return say('Goes out in {seconds, number} s', { seconds })
}

interface EditingProps {
  text: string
  edit: NonNullable<SpeakItemView['edit']>
  leave: () => void
}

/** While it is here, it waits. */
function Editing({ text, edit, leave }: EditingProps) {
  const [draft, write] = useState(text)
  const field = useRef<HTMLInputElement>(null)
  const hold = useRef(edit)
  useEffect(() => {
    const held = hold.current
    held.begin()
    field.current?.focus()
    return () => held.leave()
  }, [])
  const save = draft.trim()
    ? () => {
        if (draft.trim() !== text) edit.save(draft.trim())
        leave()
      }
    : undefined
  return (
    <li data-status="editing">
      <TextField.Root
        ref={field}
        size="1"
        className="queue-edit"
        maxLength={mostSayCharacters}
        value={draft}
        dir="auto"
        aria-label={say('Text that waits')}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) save?.()
          if (event.key === 'Escape') leave()
        }}
      />
      <span className="queue-keys">
        <Key says={say('Save')} press={save} icon={<Check size={14} />} />
        <Key says={say('Leave it as it was')} press={leave} icon={<X size={14} />} />
      </span>
    </li>
  )
}
