// Where the platform's code, or its guides, and its published API description disagree: every place, with its reason.
import type { DialectName } from '../../../practice/dialect.ts'
import { complaints } from '../../support/openapi.ts'
import type { Recorded } from '../../support/recorder.ts'

interface Disagreement {
  /** The complaint of the referee; `*` stands for anything. */
  at: string
  /** In this dialect only. */
  in?: DialectName
  why: string
}

const known: Disagreement[] = [
  {
    at: '*tm_*: is null',
    in: 'deployed',
    why: 'The code shows a time that is not set as null; the description knows only dates (contract B.7).',
  },
  {
    at: '*tm_*: "" is no date-time',
    in: 'documented',
    why: 'The guides show a time that is not set as an empty text (contract B.7).',
  },
  {
    at: 'POST *calls body.actions.id: is missing',
    why: 'The description lists an id for each action, the code makes one up and the guides send none (contract D).',
  },
  {
    at: 'FlowManagerActionType.type: is ""',
    why: 'Before its first action a call has an action without a type; the description knows only types.',
  },
  {
    at: 'POST /auth/complete-signup: is not described',
    why: 'The six digits stand in the guides only; newer servers have no such route (contract B.3).',
  },
  {
    at: 'POST /auth/signup 200.temp_token: is extra',
    in: 'documented',
    why: 'The answer of the six digits, as the guides have it (contract B.3).',
  },
  {
    at: 'POST /auth/email-verify: answer 404 is not described',
    in: 'documented',
    why: 'Where digits are sent there is no link to follow.',
  },
  {
    at: 'POST /auth/*practice_mail: is extra',
    why: 'Practice sends no e-mail: it says in its answer what would stand in it.',
  },
  {
    at: 'POST /auth/login: answer 401 is not described',
    in: 'documented',
    why: 'The guides imply 401 for wrong credentials, the code answers 400 with nothing in it (contract H).',
  },
  {
    at: 'GET /ping: is not described',
    why: 'Served at the root for everybody (contract A.1), described nowhere.',
  },
  {
    at: '*webhook_secret: is extra',
    why: 'The code shows it, the description does not; the client never reads it (contract B.4).',
  },
  {
    at: '*/customer 200.email: "admin@localhost" is no email',
    why: 'The address that a sandbox is delivered with.',
  },
  {
    at: 'DELETE /accesskeys/{id} 200: has a body',
    why: 'The code answers with the deleted key; the client reads no answer to a removal.',
  },
  {
    at: '*speakings*pod_id: is extra',
    in: 'documented',
    why: 'The guides show it, the code never does (contract H).',
  },
  {
    at: 'GET /speakings 200: is *',
    why: 'Described as a bare list, answered as a page; the client reads both.',
  },
  {
    at: '*: answer 403 is not described',
    why: 'The middleware refuses by permission before the operation, everywhere (contract B.4).',
  },
  {
    at: '*: answer 429 is not described',
    why: 'The middleware limits rates before the operation, everywhere (contract B.6).',
  },
  {
    at: '*: answer 503 is not described',
    why: 'The front server gives up waiting for its back end, everywhere (contract B.5).',
  },
  {
    at: 'GET /calls/{id}: answer 409 is not described',
    why: 'A deleted call is a conflict and not a gap (contract C.3).',
  },
  {
    at: 'POST /speakings: answer 409 is not described',
    in: 'documented',
    why: 'The guides say so of a second session; the code answers 500 (contract H).',
  },
  {
    at: 'POST /extensions: answer 409 is not described',
    in: 'documented',
    why: 'A duplicate, as the guides imply; the code answers 500 (contract C.1).',
  },
  {
    at: 'POST /transcribes: answer 404 is not described',
    why: 'The call named does not exist; the code looks for it first.',
  },
  {
    at: 'GET /transcripts: answer 400 is not described',
    why: 'Without `transcribe_id`, which is required (contract C.5).',
  },
  {
    at: 'GET /contacts/lookup: answer 40* is not described',
    why: '400 without a number or address, 404 for nobody (contract C.9).',
  },
  {
    at: 'TranscribeManagerTranscribeReferenceType.reference_type: is "dream"',
    why: 'Sent on purpose, to see it refused.',
  },
  { at: 'FlowManagerActionType.type: is "nonsense"', why: 'Sent on purpose, to see it refused.' },
]

const used = new Set<Disagreement>()

/** The complaints that nobody has a reason for. */
export function judge(all: readonly Recorded[], dialect: DialectName): string[] {
  const found = new Set(all.flatMap(complaints))
  return [...found].filter((complaint) => {
    const reasons = known.filter((one) => (one.in ?? dialect) === dialect && fits(one.at, complaint))
    for (const one of reasons) used.add(one)
    return reasons.length === 0
  })
}

/** A reason that no complaint needs is a reason that is no longer true. */
export const unused = () => known.filter((one) => !used.has(one)).map(({ at }) => at)

function fits(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text)
}
