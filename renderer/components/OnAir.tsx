// On air: the voice, the person, both or nobody, and who hears it; an icon, words and a place, never colour alone.
import { AudioLines, Mic, MicOff } from 'lucide-react'
import { useAppPart, usePhone } from '../state/companion.tsx'
import { toOnAir } from '../view/on-air-view.ts'

const icons = { voice: AudioLines, voiceAndYou: AudioLines, you: Mic, nobody: MicOff }

export function OnAir() {
  const view = toOnAir(useAppPart('links', 'speakings'), usePhone())
  if (!view) return null
  const Icon = icons[view.who]
  return (
    <p className="on-air" data-who={view.who} role="status" aria-atomic="true">
      <Icon size={16} aria-hidden="true" />
      <span className="on-air-words">
        <strong>{view.title}</strong> <span className="on-air-text">{view.text}</span>
      </span>
    </p>
  )
}
