// A native select in our clothes: the operating system's own list, with no style injected at run time.

import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import type { Phrase } from '../../common/words/placeholders.ts'
import { say } from '../../common/words/say.ts'

interface Props extends Omit<ComponentProps<'select'>, 'onChange'> {
  options: readonly { value: string; label: string | Phrase }[]
  onChoose: (value: string) => void
}

export function Choice({ options, onChoose, ...rest }: Props) {
  return (
    <span className="choice">
      <select {...rest} onChange={(event) => onChoose(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {typeof option.label === 'string' ? option.label : say(option.label)}
          </option>
        ))}
      </select>
      <ChevronDown size={16} aria-hidden="true" />
    </span>
  )
}
