// The platform's published API description holds us to it: every request of the client, every answer of practice.
import { describe, expect, it } from 'vitest'
import { routes } from '../../../practice/rest/routes.ts'
import { dialects } from '../../support/on-practice.ts'
import { complaints, isPublished } from '../../support/openapi.ts'
import { askEverything } from './answers.ts'
import { useEverything } from './client.ts'
import { judge, unused } from './disagreements.ts'

const nobody = '11111111-1111-4111-8111-111111111111'

describe.skipIf(!isPublished)('every request of the client', () => {
  it.each(dialects)('%s: is one that the published API has, and so is its answer', async (dialect) => {
    expect(judge(await useEverything(dialect), dialect)).toEqual([])
  })
})

describe.skipIf(!isPublished)('every answer of practice', () => {
  it.each(dialects)('%s: is one that the published API has', async (dialect) => {
    const all = await askEverything(dialect)
    const patterns = routes
      .filter(({ needs }) => needs !== 'nobody')
      .map(({ method, path }) => ({
        method,
        path,
        fits: new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`),
      }))
    const unasked = patterns.filter(
      ({ method, fits }) =>
        !all.some((one) => one.method === method && fits.test(one.path) && one.status < 300),
    )
    // They have no success in practice: no storage, a call without an owner (contract E.5), no capture, no third party.
    expect(unasked.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'GET /v1.0/recordingfiles/:id',
      'GET /v1.0/service_agents/calls/:id',
      'GET /v1.0/timelines/calls/:id/pcap',
      'GET /v1.0/timelines/calls/:id/sip-analysis',
      'POST /v1.0/transfers',
    ])
    expect(judge(all, dialect)).toEqual([])
  })

  it('the referee complains of what is missing, extra, of another kind, of another status and path', () => {
    const one = { method: 'GET', path: `/v1.0/calls/${nobody}`, query: new URLSearchParams(), body: '' }
    const answer = JSON.stringify({ id: 'x', sip_call_id: 'y', status: 'singing', source: 7 })
    expect(complaints({ ...one, status: 200, answer })).toEqual([
      'GET /calls/{id} 200.sip_call_id: is extra',
      'GET /calls/{id} 200.id: "x" is no uuid',
      'CommonAddress.source: is 7',
      'CallManagerCallStatus.status: is "singing"',
    ])
    expect(complaints({ ...one, status: 418, answer: '' })).toEqual([
      'GET /calls/{id}: answer 418 is not described',
    ])
    expect(complaints({ ...one, path: '/v1.0/teapots', status: 200, answer: '' })).toEqual([
      'GET /v1.0/teapots: is not described',
    ])
  })
})

describe.skipIf(!isPublished)('the list of disagreements', () => {
  it('has no reason that nothing needs any more', () => {
    expect(unused()).toEqual([])
  })
})
