// All state of the platform that outlives a call: tables of resources, passwords and keys.
import { randomUUID } from 'node:crypto'
import {
  type Accesskey,
  type Address,
  type Agent,
  type BillingAccount,
  type Call,
  type Contact,
  type Customer,
  type Extension,
  type Groupcall,
  NIL,
  type NumberRow,
  type Recording,
  type Row,
  type Speaking,
  type Summary,
  type Transcribe,
  type Transcript,
} from './resources.ts'
import { createTable, type Table } from './table.ts'
import { createStamp } from './time.ts'

export interface Store {
  stamp(): string
  /** The fields every row begins with. */
  row(customerId: string): Row
  customers: Table<Customer>
  agents: Table<Agent>
  accesskeys: Table<Accesskey>
  extensions: Table<Extension>
  numbers: Table<NumberRow>
  calls: Table<Call>
  groupcalls: Table<Groupcall>
  transcribes: Table<Transcribe>
  transcripts: Table<Transcript>
  speakings: Table<Speaking>
  recordings: Table<Recording>
  summaries: Table<Summary>
  billingAccounts: Table<BillingAccount>
  contacts: Table<Contact>
  /** Password by agent id, key by access key id: never part of a row that is shown. */
  passwords: Map<string, string>
  keys: Map<string, string>
}

export function createStore(): Store {
  const stamp = createStamp()
  return {
    stamp,
    row: (customerId) => ({
      id: randomUUID(),
      customer_id: customerId,
      tm_create: stamp(),
      tm_update: null,
      tm_delete: null,
    }),
    customers: createTable(stamp),
    agents: createTable(stamp),
    accesskeys: createTable(stamp),
    extensions: createTable(stamp),
    numbers: createTable(stamp),
    calls: createTable(stamp),
    groupcalls: createTable(stamp),
    transcribes: createTable(stamp),
    transcripts: createTable(stamp),
    speakings: createTable(stamp),
    recordings: createTable(stamp),
    summaries: createTable(stamp),
    billingAccounts: createTable(stamp),
    contacts: createTable(stamp),
    passwords: new Map(),
    keys: new Map(),
  }
}

/** An address from whatever a client sent; absent parts are empty. */
export function toAddress(value: unknown): Address {
  const from = (value ?? {}) as Record<string, unknown>
  const part = (name: string) => (typeof from[name] === 'string' ? from[name] : '')
  return {
    type: part('type'),
    target: part('target'),
    target_name: part('target_name'),
    name: part('name'),
    detail: part('detail'),
  }
}

export const emptyAction = { id: NIL, next_id: NIL, type: '', option: {}, tm_execute: null }
