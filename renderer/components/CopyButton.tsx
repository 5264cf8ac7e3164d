// Copies a text and says whether the system let it.
import { Button } from '@radix-ui/themes'
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { say } from '../../common/words/say.ts'

export function CopyButton({ text }: { text: () => string }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no')
  const copy = () =>
    navigator.clipboard.writeText(text()).then(
      () => setCopied('yes'),
      () => setCopied('failed'),
    )
  return (
    <Button variant="soft" color="gray" size="2" onClick={() => void copy()} onBlur={() => setCopied('no')}>
      {copied === 'yes' ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
      {copied === 'yes' ? say('Copied') : copied === 'failed' ? say('Not allowed') : say('Copy')}
    </Button>
  )
}
