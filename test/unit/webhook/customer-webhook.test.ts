// The customer's webhook: what is shown, what is kept, and who may change it.
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import type { SignedIn } from '../../../common/model/account.ts'
import type { CustomerWebhook } from '../../../common/model/webhook.ts'
import { createMemorySecrets } from '../../../main/host.ts'
import { createCustomerWebhook } from '../../../main/webhook/customer-webhook.ts'
import { createFakePlatform, fakeCustomerId } from '../../support/fake-platform.ts'

const admin: SignedIn = {
  customerId: fakeCustomerId,
  role: 'admin',
  credential: 'accessKey',
  apiUrl: 'https://api.fake.test',
  provenAt: 0,
  kept: 'memory',
}
const theirs = { method: 'POST', uri: 'https://crm.example/hook?token=s3cret-s3cret' }
const ours = { method: 'POST', uri: 'https://tunnel.example/voipbin/events' } as const

function aHouse(who: SignedIn = admin, secrets = createMemorySecrets()) {
  const platform = createFakePlatform()
  platform.rows.webhook[0] = theirs
  let state: CustomerWebhook = { status: 'unread' }
  const webhook = createCustomerWebhook({
    slice: {
      get: () => state,
      set: (next) => {
        state = next
      },
    },
    platform: () => platform,
    signedIn: () => who,
    secrets,
    now: () => 42,
  })
  return { webhook, platform, secrets, state: () => state }
}

describe('the webhook of the customer', () => {
  it('is shown without the secret that its address holds', async () => {
    const { webhook, state } = aHouse()
    await webhook.look()
    expect(state()).toEqual({
      status: 'ready',
      readAt: 42,
      now: { method: 'POST', uri: 'https://crm.example/hook?token=•••', hasSecret: true },
    })
  })

  it('is changed, and what was there is put back with one press, whole, also after a restart', async () => {
    const first = aHouse()
    await first.webhook.change(ours)
    expect(first.platform.rows.webhook).toEqual([ours])
    expect(first.state()).toMatchObject({
      status: 'ready',
      now: { uri: ours.uri, hasSecret: false },
      before: { uri: 'https://crm.example/hook?token=•••', hasSecret: true, at: 42 },
    })
    expect(JSON.stringify(first.state())).not.toContain('s3cret')
    const second = aHouse(admin, first.secrets)
    second.platform.rows.webhook[0] = ours
    await second.webhook.look()
    expect(second.state()).toMatchObject({ before: { method: 'POST' } })
    await second.webhook.restore()
    expect(second.platform.rows.webhook).toEqual([theirs])
    await second.webhook.restore()
    expect(second.platform.rows.webhook).toEqual([ours])
  })

  it('that was set already leaves what was before it alone', async () => {
    const { webhook, platform, state } = aHouse()
    await webhook.change(ours)
    await webhook.change(ours)
    expect(state()).toMatchObject({ before: { uri: 'https://crm.example/hook?token=•••' } })
    await webhook.restore()
    expect(platform.rows.webhook).toEqual([theirs])
  })

  it('without a change has nothing to put back', async () => {
    await expect(aHouse().webhook.restore()).rejects.toMatchObject({ code: 'webhook.noPrevious' })
  })

  it.each(['manager', 'agent'] as const)(
    '[I.10] is not changed by a %s, and nothing is sent',
    async (role) => {
      const { webhook, platform, state } = aHouse({ ...admin, role, credential: 'password', agentId: 'a1' })
      await expect(webhook.change(ours)).rejects.toMatchObject({ code: 'webhook.notAdmin' })
      expect(platform.asked).toEqual([])
      expect(state()).toMatchObject({ status: 'failed', error: { say: 'Only admins can change webhooks.' } })
    },
  )

  it('that cannot be read says why and keeps what was known', async () => {
    const { webhook, platform, state } = aHouse()
    await webhook.look()
    platform.fail('webhook.get', new AppError('network.timeout'))
    await expect(webhook.look()).rejects.toMatchObject({ code: 'network.timeout' })
    expect(state()).toMatchObject({ status: 'failed', now: { method: 'POST' }, readAt: 42 })
  })

  it('of whoever was here before is not shown to the next', async () => {
    const { webhook, platform, state } = aHouse()
    let answer: (target: typeof theirs) => void = () => {}
    platform.answer('webhook.get', () => new Promise((resolve) => (answer = resolve)))
    const looking = webhook.look()
    await new Promise((resolve) => setImmediate(resolve))
    webhook.leave()
    answer(theirs)
    await looking
    expect(state()).toEqual({ status: 'unread' })
  })

  it('of whoever was here before is not put back into that of the next', async () => {
    const first = aHouse()
    await first.webhook.change(ours)
    let give = () => {}
    const slow = {
      ...first.secrets,
      get: async (name: string) => {
        await new Promise<void>((resolve) => {
          give = resolve
        })
        return first.secrets.get(name)
      },
    }
    const { webhook, platform, state } = aHouse(admin, slow)
    platform.rows.webhook[0] = ours
    for (const late of [webhook.restore, webhook.look]) {
      const asked = late()
      webhook.leave()
      give()
      await expect(asked).rejects.toMatchObject({ code: 'app.stopped' })
    }
    expect(platform.asked).toEqual([])
    expect(state()).toEqual({ status: 'unread' })
    const restoring = webhook.restore()
    give()
    await restoring
    expect(platform.rows.webhook).toEqual([theirs])
  })

  it('leaves nothing in the key store when whoever changed it signs out', async () => {
    const { webhook, secrets } = aHouse()
    await webhook.change(ours)
    const name = `webhook before:${admin.apiUrl} ${admin.customerId}`
    expect(await secrets.get(name)).toContain('s3cret')
    await webhook.forget(admin)
    expect(await secrets.get(name)).toBeUndefined()
    await webhook.forget(undefined)
  })
})
