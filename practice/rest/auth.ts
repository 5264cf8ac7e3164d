// Signing in and up at the host root; failures carry a bare status and no JSON (contract B.1, B.3).
import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import type { Reply } from '../http/route.ts'
import { text } from '../http/rows.ts'
import { addAccesskey, addAgent, addCustomer, permission } from '../store/seed.ts'
import type { World } from '../world.ts'

type Body = Record<string, unknown>
export type AuthAnswer = (world: World, body: Body) => Reply

/** What waits for its six digits: five tries each (contract J). */
interface Pending {
  email: string
  name: string
  code: string
  tries: number
}
const pending = new WeakMap<World, Map<string, Pending>>()
/** Customer ids by the token of the link in their e-mail. */
const links = new WeakMap<World, Map<string, string>>()

/** By method and path; anything else below `/auth` is 404 `ROUTE_NOT_FOUND`. */
export function findAuth(world: World, method: string, path: string): AuthAnswer | undefined {
  if (method !== 'POST') return undefined
  if (path === '/auth/login') return logIn
  if (path === '/auth/signup') return world.dialect.signup === 'code' ? signUpWithCode : signUpWithLink
  if (path === '/auth/complete-signup' && world.dialect.signup === 'code') return completeSignup
  if (path === '/auth/email-verify' && world.dialect.signup === 'link') return verifyEmail
  if (path === '/auth/password-forgot') return () => ({ body: {} })
  if (path === '/auth/password-reset') return () => ({ status: 400 })
  return undefined
}

function logIn(world: World, body: Body): Reply {
  const username = text(body, 'username')
  const agent = world.store.agents.all((row) => row.username === username)[0]
  const right = world.store.passwords.get(agent?.id ?? '')
  if (!agent || right === undefined || !isSame(right, text(body, 'password')))
    return { status: world.dialect.loginRefused }
  const token = world.tokens.issue(agent)
  const cookie = `token=${token}; Path=/; Max-Age=604800; HttpOnly; Secure; SameSite=Strict`
  return { body: { username, token }, headers: { 'Set-Cookie': cookie } }
}

function isSame(right: string, given: string): boolean {
  const [a, b] = [Buffer.from(right), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Always 200; an empty token says nothing more than "no" (contract I.1). */
function signUpWithCode(world: World, body: Body): Reply {
  const email = text(body, 'email')
  if (!email.includes('@') || isKnown(world, email)) return { body: { temp_token: '' } }
  const temp_token = randomBytes(16).toString('hex')
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const waiting = pending.get(world) ?? new Map<string, Pending>()
  pending.set(world, waiting.set(temp_token, { email, name: text(body, 'name') || email, code, tries: 0 }))
  const practice_mail = `There is no e-mail in practice: the six digits are ${code}.`
  world.log.info(`signup of ${email}: ${practice_mail}`)
  return { body: { temp_token, practice_mail } }
}

function completeSignup(world: World, body: Body): Reply {
  const waiting = pending.get(world)
  const token = text(body, 'temp_token')
  const signup = waiting?.get(token)
  if (!signup) return { status: 400 }
  if (signup.tries >= 5) return { status: 429 }
  signup.tries++
  if (signup.code !== text(body, 'code')) return { status: 400 }
  waiting?.delete(token)
  const { customer, key } = open(world, signup.email, signup.name)
  return { body: { customer_id: customer.id, accesskey: key } }
}

function signUpWithLink(world: World, body: Body): Reply {
  if (body.accepted_tos !== true) return { status: 400 }
  const email = text(body, 'email')
  if (!email.includes('@') || isKnown(world, email)) return { body: {} }
  const { customer, key } = open(world, email, text(body, 'name') || email)
  // Until the link is followed it may only receive (contract B.3).
  customer.status = 'initial'
  customer.email_verified = false
  const link = randomBytes(32).toString('hex')
  links.set(world, (links.get(world) ?? new Map()).set(link, customer.id))
  const practice_mail = `There is no e-mail in practice: its link posts ${link} as "token" to /auth/email-verify.`
  world.log.info(`signup of ${email}: ${practice_mail}`)
  const { customer_id: _, ...shown } = customer
  return { body: { customer: world.dialect.show(shown), accesskey: key, practice_mail } }
}

/** What following the link in the e-mail does. */
function verifyEmail(world: World, body: Body): Reply {
  const customer = world.store.customers.get(links.get(world)?.get(text(body, 'token')) ?? '')
  if (!customer) return { status: 400 }
  const { customer_id: _, ...shown } = world.store.customers.change(customer, {
    status: 'active',
    email_verified: true,
  })
  return { body: { customer: world.dialect.show(shown) } }
}

const isKnown = (world: World, email: string) =>
  world.store.agents.all((row) => row.username === email).length > 0

function open(world: World, email: string, name: string) {
  const customer = addCustomer(world.store, name, email)
  const agent = addAgent(world.store, customer, email, permission.admin)
  // The password comes with a link in an e-mail; until then nobody knows it.
  world.store.passwords.set(agent.id, randomBytes(16).toString('hex'))
  const { row, token } = addAccesskey(world.store, customer, 'signup', null)
  return { customer, key: { ...world.dialect.show(row), token } }
}
