// What a screen reader is told of a transcript: finished lines, put together until a sentence ends, never interim text.
import type { Settings } from '../../common/model/settings.ts'
import type { TranscriptEntry, TranscriptLine } from '../../common/model/transcript.ts'
import { type Naming, toName, toVoice, type Voice } from './transcript-view.ts'

export interface Sentence {
  /** Of its first line. */
  id: string
  text: string
  lang: string | undefined
}

/** Whose lines are read out; one's own words are known already. */
type AnnouncedVoices = Settings['announced']

export interface Announcer {
  /** Sentences that are complete now. `waitMs`: ask again then, because a part of one waits for its rest. */
  take(
    entries: readonly TranscriptEntry[],
    naming: Naming,
    voices: AnnouncedVoices,
    now: number,
  ): { sentences: Sentence[]; waitMs: number | undefined }
}

/** A part without an end is told as it is when nothing followed for so long. */
const patienceMs = 2_500
/** New lines are looked for among so many at the end; what is fetched farther back is read, not told. */
const depth = 64

interface Open {
  voice: Voice
  sentence: Sentence
  since: number
}

/** What was there when it begins counts as told. */
export function createAnnouncer(before: readonly TranscriptEntry[]): Announcer {
  let told = new Set(before.slice(-depth).map(({ id }) => id))
  let open: Open | undefined
  /** Nothing older than this is new. */
  let newest = before.length
  return {
    take(entries, naming, voices, now) {
      const sentences: Sentence[] = []
      const close = () => {
        if (open) sentences.push(open.sentence)
        open = undefined
      }
      const fresh = entries
        .slice(Math.max(0, Math.min(newest, entries.length) - depth))
        .filter((entry) => isFinal(entry) && !told.has(entry.id)) as TranscriptLine[]
      for (const line of fresh.slice(-depth)) {
        told.add(line.id)
        const voice = toVoice(line, naming)
        if (!isWanted(voice, voices)) continue
        if (open && (open.voice !== voice || open.sentence.lang !== line.language)) close()
        open = withLine(open, line, voice, naming, now)
        if (endsSentence(line.text)) close()
      }
      newest = entries.length
      if (told.size > depth * 8) told = new Set([...told].slice(-depth * 4))
      if (open && now - open.since >= patienceMs) close()
      return { sentences, waitMs: open && patienceMs - (now - open.since) }
    },
  }
}

function withLine(
  open: Open | undefined,
  line: TranscriptLine,
  voice: Voice,
  naming: Naming,
  now: number,
): Open {
  if (open) {
    const text = `${open.sentence.text} ${line.text.trim()}`
    return { ...open, since: now, sentence: { ...open.sentence, text } }
  }
  const text = `${toName(voice, naming)}: ${line.text.trim()}`
  return { voice, since: now, sentence: { id: line.id, text, lang: line.language } }
}

const isWanted = (voice: Voice, voices: AnnouncedVoices) =>
  voices === 'all' || (voices === 'them' && voice === 'them')

const isFinal = (entry: TranscriptEntry) => entry.kind === 'line' && entry.status === 'final'

/** With the marks of Latin, CJK, Arabic, Devanagari, Armenian and Ethiopic, also in quotes or brackets. */
const endsSentence = (text: string): boolean => /[.!?…。！？．؟۔।։።][\p{Pe}\p{Pf}"'”’]*\s*$/u.test(text)
