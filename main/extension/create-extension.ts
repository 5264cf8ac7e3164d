// This machine's extension: found or created, its password known to main only, renewed or removed on request.
import { AppError, toAppError } from '../../common/kit/errors.ts'
import { sleepReally } from '../../common/kit/wait.ts'
import type { Extension, ReadyExtension } from '../../common/model/extension.ts'
import { may } from '../../common/model/roles.ts'
import type { WireExtension } from '../platform/platform.ts'
import type { ExtensionDeps, ExtensionFeature, ExtensionLogin } from './extension.ts'
import { extensionDetail, findNamed, findOrCreate } from './find-or-create.ts'
import { makeUpName, makeUpPassword } from './make-up.ts'

export function createExtension(deps: ExtensionDeps): ExtensionFeature {
  const now = deps.now ?? Date.now
  const sleep = deps.sleep ?? sleepReally
  let login: ExtensionLogin | undefined
  /** Where its password is kept; known as long as the extension is, also when the sign-in has expired. */
  let keptAs: string | undefined
  let running: Promise<ReadyExtension> | undefined
  /** Grows with every leave: an answer for an older one is dropped. */
  let generation = 0

  const become = (extension: Extension) => {
    deps.log.info(`extension ${extension.status}`, 'error' in extension ? extension.error.code : undefined)
    deps.set(extension)
  }

  /** One piece of work at a time; its failure becomes the state. */
  async function work(run: () => Promise<Ready>): Promise<ReadyExtension> {
    const own = generation
    become({ status: 'provisioning' })
    try {
      const { row, outcome } = await run()
      const signedIn = deps.signedIn()
      const checkHere = () => {
        if (own !== generation) throw new AppError('app.stopped', { detail: 'signed out meanwhile' })
      }
      checkHere()
      if (!signedIn) throw new AppError('app.stopped', { detail: 'signed out meanwhile' })
      keptAs = toSecretName(deps, row.id)
      await rememberPassword(deps, row)
      checkHere()
      const domain = deps.domainOf(signedIn.customerId)
      login = { id: row.id, domain, username: row.extension, password: row.password }
      const ready = { id: row.id, extension: row.extension, domain, outcome, provenAt: now() }
      become({ status: 'ready', ...ready })
      return ready
    } catch (thrown) {
      const error = toAppError(thrown)
      if (own === generation) become({ status: 'failed', error: error.toData() })
      throw error
    }
  }

  function exclusively(run: () => Promise<ReadyExtension>): Promise<ReadyExtension> {
    const own = run().finally(() => {
      if (running === own) running = undefined
    })
    running = own
    return own
  }

  return {
    provision: () => running ?? exclusively(() => work(() => provision(deps, sleep))),
    async rotate() {
      checkMayChange(deps)
      await running?.catch(() => {})
      return exclusively(() =>
        work(async () => {
          const { row } = await provision(deps, sleep)
          return { row: await renew(deps, row), outcome: 'rotated' }
        }),
      )
    },
    async remove() {
      checkMayChange(deps)
      await running?.catch(() => {})
      const id = login?.id ?? (await findOwn(deps))?.id
      if (id !== undefined) {
        await deps.platform().extensions.remove(id).catch(ignoreMissing)
        await deps.secrets.delete(toSecretName(deps, id))
      }
      login = undefined
      become({ status: 'none' })
    },
    login() {
      if (!login) throw new AppError('extension.missing')
      return { ...login }
    },
    async forget() {
      if (keptAs !== undefined) await deps.secrets.delete(keptAs)
      keptAs = undefined
    },
    leave() {
      generation++
      login = undefined
      keptAs = undefined
      running = undefined
      become({ status: 'none' })
    },
  }
}

interface Ready {
  row: WireExtension
  outcome: ReadyExtension['outcome']
}

async function provision(deps: ExtensionDeps, sleep: (ms: number) => Promise<void>): Promise<Ready> {
  const signedIn = deps.signedIn()
  if (!signedIn) throw new AppError('account.signedOut')
  const platform = deps.platform()
  const wanted = deps.wanted() || makeUpName()
  const { row, outcome } = await findOrCreate({ platform, role: signedIn.role, wanted, sleep })
  const now = deps.signedIn()
  // The name belongs to the profile it was made for.
  if (now?.customerId !== signedIn.customerId || now.apiUrl !== signedIn.apiUrl)
    throw new AppError('app.stopped', { detail: 'signed out meanwhile' })
  // Remembered only now: a name that could not be created is not worth keeping.
  if (deps.wanted() === '' && signedIn.role !== 'agent') deps.remember(wanted)
  const known = await withPassword(deps, row)
  if (!known) return { row: await renew(deps, row), outcome: 'rotated' }
  return { row: await withEqualName(deps, known), outcome }
}

/** From the list, from `GET /extensions/{id}`, or as we kept it, in this order (contract C.1). */
async function withPassword(deps: ExtensionDeps, row: WireExtension): Promise<WireExtension | undefined> {
  if (row.password !== '') return row
  const { password } = await deps.platform().extensions.get(row.id)
  const known = password || (await deps.secrets.get(toSecretName(deps, row.id)))
  return known ? { ...row, password: known } : undefined
}

/** Callers dial by name or by value: both have to find us (contract C.1). Not worth failing for. */
async function withEqualName(deps: ExtensionDeps, row: WireExtension): Promise<WireExtension> {
  if (row.name === row.extension || deps.signedIn()?.role === 'agent') return row
  const { detail, password } = row
  try {
    await deps.platform().extensions.update(row.id, { name: row.extension, detail, password })
  } catch (thrown) {
    deps.log.warn('the extension keeps its own name', thrown)
  }
  return row
}

/** A plain agent uses what is assigned to it (contract C.10): the platform would refuse, and this says it in words. */
function checkMayChange(deps: ExtensionDeps): void {
  const who = deps.signedIn()
  if (who && !may(who, 'extensions'))
    throw new AppError('account.notPermitted', { detail: 'managers and administrators change extensions' })
}

async function renew(deps: ExtensionDeps, row: WireExtension): Promise<WireExtension> {
  checkMayChange(deps)
  const password = makeUpPassword()
  const detail = row.detail || extensionDetail
  await deps.platform().extensions.update(row.id, { name: row.extension, detail, password })
  return { ...row, password }
}

async function findOwn(deps: ExtensionDeps): Promise<WireExtension | undefined> {
  const wanted = deps.wanted()
  if (wanted === '') return undefined
  return findNamed(await deps.platform().extensions.list(), wanted)
}

/** Kept for servers that hide passwords. */
async function rememberPassword(deps: ExtensionDeps, row: WireExtension): Promise<void> {
  try {
    await deps.secrets.set(toSecretName(deps, row.id), row.password)
  } catch (thrown) {
    deps.log.warn('the key store did not take the password of the extension', thrown)
  }
}

function toSecretName(deps: ExtensionDeps, id: string): string {
  return `extension:${deps.signedIn()?.apiUrl ?? ''}:${id}`
}

function ignoreMissing(thrown: unknown): void {
  if (toAppError(thrown).code !== 'platform.notFound') throw thrown
}
