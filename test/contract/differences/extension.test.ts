// Contract H on extensions: what is sent, what may come back, and by which key one is dialled.
import { describe, expect, it } from 'vitest'
import { aCompanion, aPlatform, dialects, failure, sent } from '../../support/on-practice.ts'

const wanted = { extension: 'desk7', password: 'a-password', detail: 'A desk' }

describe.each(dialects)('%s', (dialect) => {
  it('H.1 an extension is made with all four fields, and read by either name of its value', async () => {
    const { platform, practice, rows } = await aPlatform(dialect)
    await platform.extensions.create(wanted)
    expect(sent(rows, 'POST', '/extensions')).toMatchObject([
      { name: 'desk7', detail: 'A desk', extension: 'desk7', password: expect.anything() },
    ])
    const id = '3f0c6a52-7a6b-4c36-9f43-0d3c1f6f2a11'
    const old = { id, username: 'desk8', name: 'desk8', password: 'x' }
    await practice.pull({
      pull: 'answerWith',
      path: '/v1.0/extensions',
      text: JSON.stringify({ result: [old], next_page_token: '' }),
    })
    expect(await platform.extensions.list()).toMatchObject([{ id, extension: 'desk8' }])
  })

  it('H.2 what is missing is found here and not asked of the platform; 200 and 201 are both success', async () => {
    const { practice, ask, ready } = await aCompanion(dialect)
    const bad = await failure(ask['settings.change']({ patch: { extension: 'no spaces here' } }))
    expect(bad.code).toBe('app.inputInvalid')
    await ready()
    const { platform } = await aPlatform(dialect)
    const row = { id: '3f0c6a52-7a6b-4c36-9f43-0d3c1f6f2a11', ...wanted, name: 'desk7' }
    expect(await platform.extensions.create(wanted)).toMatchObject({ extension: 'desk7' })
    await practice.pull({ pull: 'letGo' })
    const other = await aPlatform(dialect)
    await other.practice.pull({
      pull: 'answerWith',
      method: 'POST',
      path: '/v1.0/extensions',
      status: 201,
      text: JSON.stringify(row),
    })
    expect(await other.platform.extensions.create(wanted)).toMatchObject({ id: row.id })
  })

  it('H.3 name and value are made equal, so that a call finds us by either', async () => {
    const { practice, ask, ready, state, app } = await aCompanion(dialect)
    await ask['settings.change']({ patch: { extension: 'desk7' } })
    await practice.api.post('/v1.0/extensions', { ...wanted, name: 'Extension 7' })
    await ready()
    expect(state().extension).toMatchObject({ extension: 'desk7', outcome: 'found' })
    const rows = (await practice.api.get('/v1.0/extensions')).json.result
    expect(rows.find((row: { extension: string }) => row.extension === 'desk7').name).toBe('desk7')
    await ask['call.placeTest']({})
    await practice.line.nextLeg()
    const trace = await app.handlers['trace.watch']({ on: true })
    const placed = trace.find(({ title }) => title === 'POST /v1.0/calls')
    const id = state().extension.status === 'ready' ? (state().extension as { id: string }).id : ''
    expect(placed?.body).toContain(`"target": "${id}"`)
    expect(placed?.body).toContain('"target_name": "desk7"')
  })

  it('H.29 a direct hash, bare or with its prefix, is not needed and not kept', async () => {
    const { practice, ready, state, host } = await aCompanion(dialect)
    await ready()
    const [row] = (await practice.api.get('/v1.0/extensions')).json.result
    expect(row.direct_hash).toMatch(dialect === 'documented' ? /^[0-9a-f]{12}$/ : /^direct\./)
    expect(JSON.stringify([state(), host.lines])).not.toContain(row.direct_hash.replace('direct.', ''))
  })

  it('H.30 the SIP domain is made from customer and base domain, whatever domain_name says', async () => {
    const { practice, ask, signIn, phone, state } = await aCompanion(dialect)
    await signIn()
    const domain = `${practice.customerId}.registrar.${practice.address.baseDomain}`
    const [row] = (await practice.api.get('/v1.0/extensions')).json.result
    for (const domain_name of [practice.customerId, `${practice.customerId}.registrar.voipbin.net`, '']) {
      await practice.pull({
        pull: 'answerWith',
        path: '/v1.0/extensions',
        text: JSON.stringify({ result: [{ ...row, domain_name }], next_page_token: '' }),
      })
      await ask['settings.change']({ patch: { extension: row.extension } })
      await ask['extension.provision']({})
      expect(state().extension).toMatchObject({ domain })
    }
    await ask['phone.register']({})
    expect(phone.starts.at(-1)?.domain).toBe(domain)
  })
})
