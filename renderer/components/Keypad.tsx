// The twelve keys of a telephone.
import { Button } from '@radix-ui/themes'

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']

export function Keypad({ press }: { press: ((tones: string) => void) | undefined }) {
  return (
    <fieldset className="keypad" aria-label="Keypad">
      {keys.map((key) => (
        <Button
          key={key}
          variant="soft"
          color="gray"
          size="3"
          disabled={!press}
          aria-label={key === '*' ? 'star' : key === '#' ? 'hash' : key}
          onClick={() => press?.(key)}
        >
          {key}
        </Button>
      ))}
    </fieldset>
  )
}
