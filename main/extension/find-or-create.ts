// Finds this machine's extension or creates it; safe to repeat, also after an answer that never came (contract B.5, C.1).
import { type AppError, AppError as Failure, isUnanswered, toAppError } from '../../common/kit/errors.ts'
import type { SignedIn } from '../../common/model/account.ts'
import type { Platform, WireExtension } from '../platform/platform.ts'
import { makeUpPassword } from './make-up.ts'

export interface Found {
  row: WireExtension
  outcome: 'found' | 'created'
}

export interface Finding {
  platform: Platform
  role: SignedIn['role']
  /** The extension value; name and value are the same. */
  wanted: string
  sleep(ms: number): Promise<void>
}

export const extensionDetail = 'VoIPBIN Companion'

export async function findOrCreate(finding: Finding): Promise<Found> {
  const { platform, role, wanted } = finding
  const rows = await platform.extensions.list()
  const known = findNamed(rows, wanted)
  if (known) return { row: known, outcome: 'found' }
  if (role === 'agent') return adoptAssigned(rows)
  return create(finding, 1)
}

/** A plain agent cannot create one: the assigned one it is (contract C.10). */
function adoptAssigned(rows: WireExtension[]): Found {
  const assigned = rows.find((row) => row.extension !== '')
  if (assigned) return { row: assigned, outcome: 'found' }
  throw new Failure('account.notPermitted', { detail: 'no extension is assigned to this agent' })
}

async function create(finding: Finding, attempt: number): Promise<Found> {
  const { platform, wanted } = finding
  const password = makeUpPassword()
  try {
    const row = await platform.extensions.create({ extension: wanted, password, detail: extensionDetail })
    return { row: { ...row, password: row.password || password }, outcome: 'created' }
  } catch (thrown) {
    const error = toAppError(thrown)
    if (error.status === 500 || error.status === 409) return adoptOrGiveUp(finding, error, password)
    if (!isUnanswered(error)) throw error
    const found = await look(finding, password)
    if (found) return found
    if (attempt > 1) throw error
    return create(finding, attempt + 1)
  }
}

/**
 * The platform compares letter by letter when it dials. A name that differs by case only is a typing error of a person, not
 * another device: theirs is taken as it is written.
 */
export function findNamed(rows: readonly WireExtension[], wanted: string): WireExtension | undefined {
  const alike = rows.filter((row) => row.extension.toLowerCase() === wanted.toLowerCase())
  return alike.find((row) => row.extension === wanted) ?? alike[0]
}

/** 500 is the answer to a duplicate and to a full plan alike: only the list tells them apart (contract C.1, I.13). */
async function adoptOrGiveUp(finding: Finding, error: AppError, password: string): Promise<Found> {
  const found = await lookOnce(finding, password)
  if (found) return found
  throw new Failure(error.status === 409 ? 'extension.taken' : 'extension.limit', {
    detail: `${finding.wanted}: ${error.detail ?? error.code}`,
    status: error.status,
    requestId: error.requestId,
    cause: error,
  })
}

async function look(finding: Finding, password: string): Promise<Found | undefined> {
  for (const waitMs of [500, 1_500, 3_000]) {
    await finding.sleep(waitMs)
    const found = await lookOnce(finding, password)
    if (found) return found
  }
  return undefined
}

/** Whether it is the one we asked for, the password tells; a server that hides passwords leaves it at `found`. */
async function lookOnce(finding: Finding, password: string): Promise<Found | undefined> {
  const rows = await finding.platform.extensions.list()
  const row = findNamed(rows, finding.wanted)
  return row && { row, outcome: row.password === password ? 'created' : 'found' }
}
