// Every route below `/v1.0`. Fixed paths stand before those with places.
import type { Route } from '../http/route.ts'
import { accesskeys } from './accesskeys.ts'
import { ai } from './ai.ts'
import { calls } from './calls.ts'
import { contacts } from './contacts.ts'
import { customer } from './customer.ts'
import { elsewhere } from './elsewhere.ts'
import { extensions } from './extensions.ts'
import { groupcalls } from './groupcalls.ts'
import { numbers } from './numbers.ts'
import { recordings } from './recordings.ts'
import { serviceAgents } from './service-agents.ts'
import { speakings } from './speakings.ts'
import { transcribes } from './transcribes.ts'
import { transcripts } from './transcripts.ts'

export const routes: Route[] = [
  ...accesskeys,
  ...ai,
  ...calls,
  ...contacts,
  ...customer,
  ...elsewhere,
  ...extensions,
  ...groupcalls,
  ...numbers,
  ...recordings,
  ...serviceAgents,
  ...speakings,
  ...transcribes,
  ...transcripts,
]
