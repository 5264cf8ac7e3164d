// A line whose registrar keeps credentials of its own: told of each extension before the platform answers.
import { expect, it } from 'vitest'
import { createFakeLine } from '../support/fake-line.ts'
import { openTestPractice } from '../support/practice.ts'

it('the registrar is told each password before the answer leaves, and of each extension that goes', async () => {
  const told: [string, string | undefined][] = []
  const line = {
    ...createFakeLine(),
    setPassword: async (extension: string, password: string | undefined) => {
      told.push([extension, password])
    },
  }
  const { api } = await openTestPractice({ parts: { openLine: async () => line } })
  const wanted = { name: 'desk9', detail: 'a desk', extension: 'desk9', password: 'first' }
  const { json } = await api.post('/v1.0/extensions', wanted)
  expect(told).toEqual([['desk9', 'first']])
  await api.put(`/v1.0/extensions/${json.id}`, { ...wanted, password: 'second' })
  await api.delete(`/v1.0/extensions/${json.id}`)
  expect(told.slice(1)).toEqual([
    ['desk9', 'second'],
    ['desk9', undefined],
  ])
})
