// New pins without a restart: what was refused for its certificate is tried again.
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import { createScope } from '../../../common/kit/scope.ts'
import { readUntrusted, toUntrustedText } from '../../../common/kit/untrusted.ts'
import { type AppState, initialAppState } from '../../../common/model/app-state.ts'
import { initialPhoneState } from '../../../common/model/phone.ts'
import type { Environment, Pin } from '../../../common/model/settings.ts'
import { watchEdgeTrust } from '../../../main/edge-trust.ts'
import { createPhoneMirror } from '../../../main/phone/phone-mirror.ts'
import { UntrustedError } from '../../../main/platform/tls.ts'
import { createRenewTrust } from '../../../main/renew-trust.ts'
import { aSignIn, signedInApp } from '../../../renderer/gallery/people.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const sha256 = `${'A'.repeat(43)}=`
const pin: Pin = { host: '127.0.0.1', sha256 }
const untrusted = new AppError('network.untrusted').toData()

const trust = (pins: Pin[], caFile = '') => ({ pins, caFile })

function open(state: AppState) {
  const done: string[] = []
  const note = (name: string) => async () => void done.push(name)
  const renew = createRenewTrust({
    state: () => state,
    subscription: { open: note('open'), wake: () => void done.push('wake') },
    forgetFailure: () => void done.push('forget'),
    connectAgain: note('connect'),
    log: createQuietLog().log,
  })
  return { renew, done }
}

describe('a new pin', () => {
  it('signs in again where the certificate was in the way, and not after another failure', async () => {
    const refused = open({ ...initialAppState, account: { status: 'failed', error: untrusted } })
    await refused.renew(trust([]), trust([pin]))
    expect(refused.done).toEqual(['forget', 'connect'])
    const error = new AppError('account.rejected').toData()
    const rejected = open({ ...initialAppState, account: { status: 'failed', error } })
    await rejected.renew(trust([]), trust([pin]))
    expect(rejected.done).toEqual([])
  })

  it('opens the events anew: those that are open, and those that were refused for it', async () => {
    const opened = open(signedInApp)
    await opened.renew(trust([pin]), trust([]))
    expect(opened.done).toEqual(['wake'])
    const refused = open({ ...signedInApp, subscription: { status: 'refused', error: untrusted } })
    await refused.renew(trust([]), trust([pin]))
    expect(refused.done).toEqual(['open'])
  })

  it('of another host than the API leaves the events alone; one with a port counts', async () => {
    const { renew, done } = open(signedInApp)
    await renew(trust([]), trust([{ host: 'edge.example', sha256 }]))
    expect(done).toEqual([])
    await renew(trust([]), trust([{ host: new URL(aSignIn.apiUrl).host, sha256 }]))
    expect(done).toEqual(['wake'])
  })
})

describe('what else is trusted', () => {
  it('opens the events anew when the file of authorities is another one', async () => {
    const { renew, done } = open(signedInApp)
    await renew(trust([], '/old.pem'), trust([], '/old.pem'))
    expect(done).toEqual([])
    await renew(trust([], '/old.pem'), trust([]))
    expect(done).toEqual(['wake'])
  })

  it('is pinned by a name in any case', async () => {
    const { renew, done } = open({
      ...signedInApp,
      account: { status: 'signedIn', ...aSignIn, apiUrl: 'https://api.pbx.example' },
    })
    await renew(trust([]), trust([{ host: 'API.Pbx.example', sha256 }]))
    expect(done).toEqual(['wake'])
  })
})

describe('the line about an untrusted server', () => {
  const evidence = {
    host: 'api.example',
    sha256,
    differs: false,
    why: 'self-signed',
    issuer: 'O=Pbx, CN=x',
    names: 'DNS:api.example, DNS:sip.example',
    until: new Date('2027-01-31T10:00:00Z'),
  }

  it('can be read back: who signed it, for which names, until when', () => {
    const { host, names, issuer } = evidence
    const read = { host, sha256, differs: false, names, issuer, until: '2027-01-31' }
    expect(readUntrusted(toUntrustedText(evidence))).toEqual(read)
    const changed = toUntrustedText({ ...evidence, differs: true, until: new Date('nonsense') })
    expect(readUntrusted(changed)).toMatchObject({ ...read, differs: true, until: 'unknown' })
    expect(readUntrusted('api.example shows no certificate')).toBeUndefined()
  })

  it('is not fooled by what a certificate says of itself', () => {
    const lie = `CN=bank.example: key SHA-256 ${'B'.repeat(43)}=; until 2099-01-01; signed by CN=Bank; trusted`
    const read = readUntrusted(toUntrustedText({ ...evidence, why: lie, issuer: lie, names: lie }))
    expect(read).toMatchObject({ host: 'api.example', sha256, until: '2027-01-31' })
    expect(read?.issuer).toContain('CN=bank.example')
  })
})

describe('an edge that lets nobody in', () => {
  function watch(
    fault: Error | undefined,
    environment: Environment = 'custom',
    edges = ['ws://127.0.0.1:1', 'wss://edge.example:5066'],
  ) {
    const mirror = createPhoneMirror()
    const looked: string[] = []
    const notices: unknown[] = []
    const pins: Pin[] = []
    watchEdgeTrust(createScope('test'), {
      phone: mirror.store,
      edges: () => edges,
      reach: { pins },
      environment: () => environment,
      findFault: async (url) => {
        looked.push(url.host)
        return url.hostname === 'known.example' ? new Error('refused') : fault
      },
      notice: (error) => void notices.push(error),
    })
    const wait = (code: 'sip.unreachable' | 'sip.timeout') =>
      mirror.take({
        ...initialPhoneState,
        registration: { status: 'waiting', attempt: 1, retryAt: 0, error: new AppError(code).toData() },
      })
    return { looked, notices, pins, wait }
  }

  it('is looked at by main, which can tell that it was the certificate', async () => {
    const { wait, looked, notices } = watch(new UntrustedError('edge.example: key'))
    wait('sip.unreachable')
    await expect.poll(() => notices).toMatchObject([{ code: 'sip.untrusted', detail: 'edge.example: key' }])
    expect(looked).toEqual(['edge.example:5066'])
  })

  it('is looked at once, and once more with other pins', async () => {
    const { wait, looked, pins } = watch(undefined)
    wait('sip.unreachable')
    wait('sip.unreachable')
    expect(looked).toHaveLength(1)
    pins.push(pin)
    wait('sip.unreachable')
    expect(looked).toHaveLength(2)
  })

  it('whose names do not resolve is told as that, in a sandbox with its DNS step (contract I.40)', async () => {
    const noName = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })
    const anywhere = watch(noName)
    anywhere.wait('sip.unreachable')
    await expect
      .poll(() => anywhere.notices)
      .toMatchObject([{ code: 'sip.nameUnknown', detail: 'edge.example' }])
    const sandbox = watch(noName, 'sandbox')
    sandbox.wait('sip.unreachable')
    await expect.poll(() => sandbox.notices).toMatchObject([{ code: 'sandbox.dns' }])
  })

  it('of which one name resolves has another trouble than its names', async () => {
    const noName = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })
    const { wait, looked, notices } = watch(noName, 'custom', ['wss://edge.example', 'wss://known.example'])
    wait('sip.unreachable')
    await expect.poll(() => looked).toHaveLength(2)
    await Promise.resolve()
    expect(notices).toEqual([])
  })

  it('is left alone when the registrar behind it is silent', () => {
    const { wait, looked } = watch(new Error('x'))
    wait('sip.timeout')
    expect(looked).toEqual([])
  })
})
