// A text with markup inside, as one sentence for the translator: `<Sentence text="Type {command}." command={<code>…</code>} />`.
import { Fragment, type ReactNode } from 'react'
import { say } from '../../common/words/say.ts'

type Parts = { text: string } & Record<string, ReactNode>

/** Stands for a part while the sentence is said: private use, so no text contains it. */
const mark = 0xe000

export function Sentence({ text, ...parts }: Parts) {
  const names = Object.keys(parts)
  const values = Object.fromEntries(names.map((name, i) => [name, String.fromCharCode(mark + i)]))
  const said = say(text, values)
  return [...said.split(/([\ue000-\ue0ff])/)].map((piece, place) => {
    const name = names[(piece.codePointAt(0) ?? 0) - mark]
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence have no other name
    return <Fragment key={place}>{name === undefined ? piece : parts[name]}</Fragment>
  })
}
