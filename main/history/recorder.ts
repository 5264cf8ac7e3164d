// What the phone and the platform show of a call, as changes of the history: its beginning, each final line, its end.
import type { Scope } from '../../common/kit/scope.ts'
import type { AppState } from '../../common/model/app-state.ts'
import {
  type CallRecord,
  type SpokenItem,
  toHistoryId,
  toHistoryOutcome,
} from '../../common/model/history.ts'
import type { PhoneState, Session } from '../../common/model/phone.ts'
import type { SpeakItem } from '../../common/model/speaking.ts'
import type { TranscriptEntry } from '../../common/model/transcript.ts'
import { toWhom, type Whom } from '../../common/model/whom.ts'
import type { Change } from './store.ts'

interface Readable<T> {
  getState(): T
  subscribe(listener: () => void): () => void
}

export interface RecorderParts {
  phone: Readable<PhoneState>
  app: Readable<Pick<AppState, 'links' | 'speakings' | 'account' | 'profiles' | 'people' | 'bridged'>>
  /** What is known of a call's transcript now. */
  entriesOf(callId: string): readonly TranscriptEntry[]
  put(change: Change): void
}

export interface Recorder {
  entries(callId: string, entries: readonly TranscriptEntry[]): void
  look(): void
  /** Says everything of the present calls once more. */
  again(): void
}

interface Seen {
  record: CallRecord
  /** How well its name is known. */
  worth: number
  written: string
}

/** Lines may come long after the end; older calls than these get none. */
const mostFollowed = 100

export function openRecorder(scope: Scope, parts: RecorderParts): Recorder {
  const { phone, app, put } = parts
  const seen = new Map<string, Seen>()
  /** Platform call → our call. */
  const followed = new Map<string, string>()
  let items = new Map<SpeakItem, true>()

  const follow = (callId: string, id: string) => {
    followed.delete(callId)
    followed.set(callId, id)
    for (const oldest of followed.keys()) if (followed.size > mostFollowed) followed.delete(oldest)
    addEntries(callId, parts.entriesOf(callId))
  }
  const addEntries = (callId: string, entries: readonly TranscriptEntry[]) => {
    const id = followed.get(callId)
    const kept = entries.filter((entry) => entry.kind === 'gap' || entry.status === 'final')
    if (id !== undefined && kept.length > 0) put({ op: 'lines', id, entries: kept })
  }
  const take = (session: Session) => {
    const known = seen.get(session.id)
    const { record, worth } = toRecord(session, app.getState(), known)
    const written = JSON.stringify(record)
    if (known?.written === written) return
    seen.set(session.id, { record, worth, written })
    put({ op: 'call', call: record })
    if (record.callId !== undefined && record.callId !== known?.record.callId) {
      follow(record.callId, record.id)
      takeSpeakings()
    }
  }
  const look = () => {
    const { sessions } = phone.getState()
    sessions.forEach(take)
    for (const id of seen.keys()) if (!sessions.some((session) => session.id === id)) seen.delete(id)
  }
  const takeSpeakings = () => {
    const now = new Map<SpeakItem, true>()
    for (const speaking of Object.values(app.getState().speakings)) {
      const id = followed.get(speaking.callId)
      if (id === undefined) continue
      const fresh = speaking.items.filter((item) => !items.has(item))
      for (const item of speaking.items) now.set(item, true)
      if (fresh.length > 0) put({ op: 'spoken', id, items: fresh.map(toSpoken) })
    }
    items = now
  }

  scope.add(phone.subscribe(look))
  let { links, speakings, people, bridged } = app.getState()
  scope.add(
    app.subscribe(() => {
      const next = app.getState()
      if (next.links !== links || next.people !== people || next.bridged !== bridged) look()
      if (next.speakings !== speakings) takeSpeakings()
      links = next.links
      people = next.people
      bridged = next.bridged
      speakings = next.speakings
    }),
  )
  return {
    look,
    entries(callId, entries) {
      if (!followed.has(callId)) look()
      addEntries(callId, entries)
    },
    again() {
      seen.clear()
      items = new Map()
      look()
    },
  }
}

type Known = Pick<AppState, 'links' | 'account' | 'profiles' | 'people' | 'bridged'>

/** Whose call it is was settled when it began. */
function toRecord(session: Session, app: Known, seen: Seen | undefined): Omit<Seen, 'written'> {
  const known = seen?.record
  const { user, host } = session.remote
  const link = app.links[session.id]
  const customerId = app.account.status === 'signedIn' ? app.account.customerId : ''
  const whom = toWhom(session, app)
  const worth = toWorth(whom)
  // Who it was is forgotten with the sign-in: what was found out by then stays written.
  const isLeft = customerId === '' || customerId !== known?.customerId
  const kept = seen && (isLeft || session.status === 'ended') && worth < seen.worth ? seen : undefined
  const record: CallRecord = {
    id: known?.id ?? toHistoryId(session),
    profile: known?.profile ?? app.profiles.now,
    customerId: known?.customerId ?? customerId,
    direction: session.direction,
    name: kept?.record.name ?? whom.name,
    address: kept?.record.address ?? whom.joined ?? (user ? `${user}@${host}` : host),
    startedAt: session.startedAt,
    answeredAt: session.answeredAt,
    endedAt: session.endedAt,
    outcome: session.status === 'ended' ? toHistoryOutcome(session) : undefined,
    callId: link?.status === 'linked' ? link.callId : known?.callId,
  }
  return { record, worth: kept?.worth ?? worth }
}

const worths: Record<Whom['by'], number> = { contact: 4, edge: 3, caller: 2, number: 1, nobody: 0 }
/** Whom the platform joined it with says more than the own number that it came from. */
const toWorth = ({ by, joined }: Whom) => worths[by] + (joined === undefined ? 0 : 5)

const toSpoken = (item: SpeakItem): SpokenItem => {
  const { id, text, status, createdAt, sentAt, heardAt, transcriptText } = item
  return { id, text, status, createdAt, sentAt, heardAt, transcriptText }
}
