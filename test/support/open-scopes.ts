// Scopes for tests: each must have ended when its test is over, or the test fails.
import { afterEach, expect } from 'vitest'
import { createScope, type Scope } from '../../common/kit/scope.ts'

/** Call it at the top of a test file; the function it returns makes scopes. */
export function keepScopes(): (name?: string) => Scope {
  const open: Scope[] = []
  const failures: unknown[] = []
  afterEach(async () => {
    const mine = open.splice(0)
    for (const scope of mine) await scope.end()
    expect(failures.splice(0)).toEqual([])
    expect(mine.filter((scope) => !scope.ended)).toEqual([])
  })
  return (name = 'test') => {
    const scope = createScope(name, (error) => failures.push(error))
    open.push(scope)
    return scope
  }
}
