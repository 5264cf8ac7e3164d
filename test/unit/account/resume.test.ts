// A later start connects by itself with what was kept, in an order that misses no call.
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import type { Environment } from '../../../common/model/settings.ts'
import { createResume } from '../../../main/resume.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

function aStart({
  environment = 'production' as Environment,
  stored = true,
  taken = false,
  refused = '',
} = {}) {
  const done: string[] = []
  const step = (name: string) => async () => {
    if (name === refused) throw new AppError('account.rejected')
    done.push(name)
  }
  const resume = createResume({
    environment: () => environment,
    isTaken: () => taken,
    hasStored: async () => stored,
    signIn: step('signIn'),
    provision: step('provision'),
    subscribe: step('subscribe'),
    register: step('register'),
    log: createQuietLog().log,
  })
  return { resume, done }
}

describe('a later start', () => {
  it('signs in, finds the extension, subscribes, and registers last', async () => {
    const { resume, done } = aStart()
    await resume.start()
    expect(done[0]).toBe('signIn')
    expect(done.slice(1, 3).sort()).toEqual(['provision', 'subscribe'])
    expect(done[3]).toBe('register')
  })

  it('does so once, however many windows open', async () => {
    const { resume, done } = aStart()
    await Promise.all([resume.start(), resume.start()])
    await resume.start()
    expect(done).toHaveLength(4)
  })

  it('leaves practice and a server without a kept credential alone', async () => {
    const starts = [aStart({ environment: 'practice' }), aStart({ stored: false })]
    for (const { resume } of starts) await resume.start()
    expect(starts.flatMap(({ done }) => done)).toEqual([])
  })

  it('leaves a sign-in alone that somebody has begun meanwhile', async () => {
    const { resume, done } = aStart({ taken: true })
    await resume.start()
    expect(done).toEqual([])
  })

  it('goes no further than what fails, and does not throw', async () => {
    const { resume, done } = aStart({ refused: 'signIn' })
    await resume.start()
    expect(done).toEqual([])
  })

  it('begins again when what stood in the way is gone, and says when the sign-in is decided', async () => {
    const { resume, done } = aStart()
    await resume.start()
    done.length = 0
    await resume.again()
    expect(done[0]).toBe('signIn')
    await expect.poll(() => done.at(-1)).toBe('register')
  })
})
