// What to subscribe to (contract E.6): wildcards match nothing on the deployed platform, plain prefixes nothing
// on the documented one, so both forms are sent, and doubled events are dropped by dedupe.ts.
import type { SignedIn } from '../../../common/model/account.ts'

const resources = [
  'call',
  'groupcall',
  'transcribe',
  'transcript',
  'speaking',
  'recording',
  'summary',
  'aicall',
]
/** As the seeds of the platform write them; `transcription` is named by one of its guides. */
const documented = ['call', 'groupcall', 'transcribe', 'transcript', 'transcription', 'speaking']

/** One list a message: a refused topic takes its whole message with it. A plain agent may only see its own events. */
export function toTopics(who: Pick<SignedIn, 'role' | 'customerId' | 'agentId'>): string[][] {
  if (who.role === 'agent') return who.agentId ? [[`agent_id:${who.agentId}`]] : []
  const scope = `customer_id:${who.customerId}`
  return [resources.map((name) => `${scope}:${name}`), documented.map((name) => `${scope}:${name}:*`)]
}
