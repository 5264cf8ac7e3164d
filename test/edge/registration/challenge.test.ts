// How the phone proves its password to the real edge, judged by what the registrar then holds.
import { describe, expect, it } from 'vitest'
import { keepEdges } from '../fixture/keep-edges.ts'

const { edge: start, phone: open } = keepEdges()
const ada = { user: '2000', password: 'pa"ss-1' }
const users = { [ada.user]: ada.password }

describe('the phone at the registrar', () => {
  for (const challenge of [401, 407] as const) {
    it(`is bound after a ${challenge}, by the Contact that it says is its own`, async () => {
      const edge = await start({ users, switches: { challenge } })
      const phone = await open(edge, ada)
      const registered = await phone.register()
      const [binding, ...more] = await edge.contacts('2000')
      expect(more).toEqual([])
      expect(binding).toMatchObject({ user: registered.contact.user, userAgent: 'VoIPBIN-Companion' })
      expect(binding?.contact).toContain('transport=ws')
      expect(binding?.expires).toBeGreaterThan(280)
      expect(edge.log.find('challenge', { status: challenge })).toHaveLength(1)
      expect(phone.problems).toEqual([])
    })
  }
})
