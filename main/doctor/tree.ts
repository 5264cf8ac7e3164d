// The tree: every check in the order of asking. What a check stands on is said in its own file.
import { checkIds } from '../../common/model/doctor.ts'
import type { CheckRow } from './check.ts'
import { adapters } from './checks/adapters.ts'
import { api } from './checks/api.ts'
import { clock } from './checks/clock.ts'
import { connect } from './checks/connect.ts'
import { edge } from './checks/edge.ts'
import { encryption } from './checks/encryption.ts'
import { events } from './checks/events.ts'
import { ipv6 } from './checks/ipv6.ts'
import { name } from './checks/name.ts'
import { nat } from './checks/nat.ts'
import { proxy } from './checks/proxy.ts'
import { stun } from './checks/stun.ts'
import { turn } from './checks/turn.ts'

const rows: Record<(typeof checkIds)[number], CheckRow> = {
  adapters,
  name,
  proxy,
  connect,
  ipv6,
  clock,
  encryption,
  api,
  events,
  edge,
  stun,
  turn,
  nat,
}

export const tree: readonly CheckRow[] = checkIds.map((id) => rows[id])
