// Who exists when practice starts: a customer with three users, a key, numbers and contacts, and a foreign customer.
import { randomBytes, randomUUID } from 'node:crypto'
import { type Agent, type Customer, NIL } from './resources.ts'
import type { Store } from './store.ts'

export interface Seeded {
  customer: Customer
  foreign: Customer
  accessKey: string
  foreignAccessKey: string
  /** The password of each equals its name, as in the sandbox (contract A.1). */
  logins: { admin: string; manager: string; agent: string }
  /** A number that outgoing calls may show. */
  number: string
}

/** Bits of `agent.permission` (contract B.1). */
export const permission = { superAdmin: 1, agent: 16, admin: 32, manager: 64 } as const

/** 100,000 dollars, as in the sandbox (contract A.3). */
export const startingCredit = 100_000_000_000

export function seed(store: Store): Seeded {
  const customer = addCustomer(store, 'Practice', 'admin@localhost')
  const foreign = addCustomer(store, 'Somebody else', 'admin@elsewhere')
  addAgent(store, customer, 'admin@localhost', permission.admin)
  addAgent(store, customer, 'manager@localhost', permission.manager)
  const agent = addAgent(store, customer, 'agent@localhost', permission.agent)
  addAgent(store, foreign, 'admin@elsewhere', permission.admin)
  // The agent answers at a desk of its own; assignment is by extension id (contract B.1).
  const desk = addExtension(store, customer, { extension: 'desk', name: 'desk', detail: 'Desk of the agent' })
  agent.addresses.push({ type: 'extension', target: desk.id, target_name: 'desk', name: '', detail: '' })
  addExtension(store, foreign, { extension: 'stranger', name: 'stranger', detail: '' })
  const number = addOwnNumbers(store, customer)
  addContact(store, customer, 'Ada Byron', '+15550100042', 'ada@example.com')
  return {
    customer,
    foreign,
    accessKey: addAccesskey(store, customer, 'practice', null).token,
    foreignAccessKey: addAccesskey(store, foreign, 'elsewhere', null).token,
    logins: { admin: 'admin@localhost', manager: 'manager@localhost', agent: 'agent@localhost' },
    number,
  }
}

export function addCustomer(store: Store, name: string, email: string): Customer {
  const row = store.row('')
  const billing = store.billingAccounts.add({
    ...store.row(row.id),
    name: `Account of ${name}`,
    detail: '',
    plan_type: 'free',
    plan_status: 'active',
    balance_credit: startingCredit,
    balance_token: 1000,
    payment_type: '',
    payment_method: '',
    paddle_subscription_id: '',
    paddle_customer_id: '',
    tm_last_topup: null,
    tm_next_topup: null,
  })
  return store.customers.add({
    ...row,
    customer_id: row.id,
    name,
    detail: '',
    email,
    phone_number: '',
    address: '',
    webhook_method: '',
    webhook_uri: '',
    webhook_secret: randomBytes(16).toString('hex'),
    billing_account_id: billing.id,
    metadata: { rtp_debug: false },
    email_verified: true,
    status: 'active',
    identity_verification_status: 'none',
    tm_deletion_scheduled: null,
  })
}

export function addAgent(store: Store, customer: Customer, username: string, bits: number): Agent {
  const agent = store.agents.add({
    ...store.row(customer.id),
    username,
    name: username.split('@')[0] ?? username,
    detail: '',
    ring_method: 'ringall',
    status: 'available',
    permission: bits,
    tag_ids: [],
    addresses: [],
  })
  store.passwords.set(agent.id, username)
  return agent
}

export function addExtension(
  store: Store,
  customer: Customer,
  wanted: { extension: string; name: string; detail: string; password?: string },
) {
  return store.extensions.add({
    ...store.row(customer.id),
    name: wanted.name,
    detail: wanted.detail,
    extension: wanted.extension,
    username: wanted.extension,
    password: wanted.password ?? randomBytes(12).toString('base64url'),
    domain_name: customer.id,
    direct_hash: toDirectHash(),
  })
}

export const toDirectHash = () => `direct.${randomBytes(6).toString('hex')}`

/** The token leaves the platform once, here; later only its prefix is shown (contract B.2). */
export function addAccesskey(store: Store, customer: Customer, name: string, expireSeconds: number | null) {
  const token = `vb_${randomBytes(24).toString('base64url')}`
  const row = store.accesskeys.add({
    ...store.row(customer.id),
    name,
    detail: '',
    token_prefix: token.slice(0, 11),
    tm_expire: expireSeconds === null ? null : new Date(Date.now() + expireSeconds * 1000).toISOString(),
  })
  store.keys.set(row.id, token)
  return { row, token }
}

/** A normal and a virtual one. Returns the one that outgoing calls may show. */
export function addOwnNumbers(store: Store, customer: Customer): string {
  addNumber(store, customer, '+999000000001', 'virtual')
  return addNumber(store, customer, '+15550100001', 'normal')
}

export function addNumber(
  store: Store,
  customer: Customer,
  number: string,
  type: 'normal' | 'virtual',
): string {
  const row = store.row(customer.id)
  store.numbers.add({
    ...row,
    number,
    type,
    call_flow_id: NIL,
    message_flow_id: NIL,
    name: type === 'normal' ? 'Main number' : 'Virtual number',
    detail: '',
    status: 'active',
    t38_enabled: false,
    emergency_enabled: false,
    metadata: { rtp_debug: false },
    tm_purchase: row.tm_create,
    tm_renew: row.tm_create,
  })
  return number
}

function addContact(store: Store, customer: Customer, name: string, phone: string, email: string): void {
  const row = store.row(customer.id)
  const [first = '', last = ''] = name.split(' ')
  const at = (type: string, target: string, is_primary: boolean) => ({
    id: randomUUID(),
    contact_id: row.id,
    type,
    target,
    target_name: '',
    name: '',
    detail: '',
    is_primary,
  })
  store.contacts.add({
    ...row,
    first_name: first,
    last_name: last,
    display_name: name,
    company: 'Analytical Engines',
    job_title: '',
    source: 'manual',
    external_id: '',
    notes: '',
    addresses: [at('tel', phone, true), at('email', email, false)],
    tag_ids: [],
  })
}
