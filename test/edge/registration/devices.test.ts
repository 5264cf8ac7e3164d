// Several devices of one extension, and how each says goodbye: the platform keeps three (contract F.1).
import { describe, expect, it } from 'vitest'
import { until } from '../../support/until.ts'
import { keepEdges } from '../fixture/keep-edges.ts'
import { ada, users } from './facts.ts'

const { edge: start, phone: open } = keepEdges()

describe('devices of one extension', () => {
  it('three stay side by side, and the fourth takes the place of the one that would have expired first', async () => {
    const edge = await start({ users })
    const first = await open(edge, { ...ada, expiresSeconds: 120 })
    const phones = [first, await first.another(), await first.another()]
    phones.slice(1).forEach((phone) => {
      phone.start.expiresSeconds = 300
    })
    const contacts: string[] = []
    for (const phone of phones) contacts.push((await phone.register()).contact.user)
    expect(new Set(contacts).size).toBe(3)
    expect((await edge.contacts('2000')).map(({ user }) => user)).toEqual(expect.arrayContaining(contacts))
    const fourth = await first.another()
    fourth.start.expiresSeconds = 300
    const { contact } = await fourth.register()
    const left = (await edge.contacts('2000')).map(({ user }) => user)
    expect(left.sort()).toEqual([...contacts.slice(1), contact.user].sort())
  })

  it('the same device that registers anew takes its own place, not a further one', async () => {
    const edge = await start({ users, maxExpires: 3 })
    const phone = await open(edge, ada)
    await phone.register()
    const { at } = await edge.log.next('register', { user: '2000' })
    await edge.log.next('register', { user: '2000' }, at)
    expect(await edge.contacts('2000')).toHaveLength(1)
  })
})

describe('a phone that goes', () => {
  it('takes its binding with it, and only its own', async () => {
    const edge = await start({ users })
    const phone = await open(edge, ada)
    const other = await phone.another()
    await phone.register()
    const { contact } = await other.register()
    await phone.ask('phone.stop', {})
    expect((await edge.contacts('2000')).map(({ user }) => user)).toEqual([contact.user])
    expect((await phone.state()).registration.status).toBe('offline')
  })

  it.each([
    { how: 'its page is closed', go: 'close' as const },
    { how: 'its page is loaded again', go: 'reload' as const },
    { how: 'its page goes elsewhere', go: 'leave' as const },
  ])('unregisters when $how', async ({ go }) => {
    const edge = await start({ users })
    const phone = await open(edge, ada)
    await phone.register()
    const { page } = phone
    if (go === 'close') await page.close({ runBeforeUnload: true })
    if (go === 'reload') await page.reload()
    if (go === 'leave') await page.goto('about:blank')
    await until('the binding to go', async () => (await edge.contacts('2000')).length === 0, 10_000)
  })
})
