// Which values a text asks for, told by the compiler: `{time}` and `{n, plural, one {# call} other {# calls}}`.

/** A phrase is said in the language of the sentence around it. */
export type Value = string | number | Phrase
export type Values = Readonly<Record<string, Value>>

/** A text with its values that is said later, by whoever shows it: in a state, over the bridge, in a table. */
export interface Phrase {
  text: string
  values?: Values | undefined
}

/** Nothing for a text without placeholders; any for a text that is only known at run time. */
export type ValuesOf<T extends string> = string extends T
  ? [values?: Values]
  : [NamesIn<T>] extends [never]
    ? []
    : [values: Readonly<Record<NamesIn<T>, Value>>]

type NamesIn<T extends string> = T extends `${infer Before}{${infer After}`
  ? NameAt<Before, After> | NamesIn<After>
  : never

/** What stands behind `one`, `other` and their like is a form of a plural and no placeholder. */
type NameAt<Before extends string, After extends string> = Before extends `${string}${PluralForm} `
  ? never
  : After extends `${infer Inside}}${string}`
    ? NameOf<Inside>
    : never

type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other' | '=0' | '=1' | '=2'

type NameOf<Inside extends string> = Inside extends `${infer Name},${string}` ? Word<Name> : Word<Inside>
type Word<Name extends string> = Name extends '' | `${string}${' ' | '#' | '{'}${string}` ? never : Name
