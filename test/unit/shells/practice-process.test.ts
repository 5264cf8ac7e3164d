// Starting the practice platform: its one line, its failures, its end.
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createLog } from '../../../common/kit/log.ts'
import { createScope } from '../../../common/kit/scope.ts'
import { openPracticeProcess, type PracticeChild } from '../../../main/shells/practice-process.ts'

const address = {
  apiUrl: 'http://127.0.0.1:1',
  edgeUrl: 'ws://127.0.0.1:2',
  baseDomain: 'practice.localhost',
  accessKey: 'vb_secretsecret',
  voice: 'espeak-ng',
  recogniser: 'none',
}

function aChild() {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const calls: string[] = []
  let exit: (how: string) => void = () => {}
  const child: PracticeChild = {
    stdout,
    stderr,
    onExit: (listener) => {
      exit = listener
    },
    ask: () => {
      calls.push('ask')
      exit('0')
    },
    kill: () => void calls.push('kill'),
  }
  const lines: string[] = []
  const scope = createScope('test')
  const opening = openPracticeProcess(
    scope,
    child,
    createLog((line) => lines.push(line), 'debug'),
  )
  opening.catch(() => {})
  return { opening, scope, stdout, stderr, calls, lines, exit: (how: string) => exit(how) }
}

describe('the practice process', () => {
  it('is ready with its first line and is asked to leave at the end', async () => {
    const { opening, stdout, scope, calls, lines } = aChild()
    const text = `${JSON.stringify(address)}\n`
    stdout.write(text.slice(0, 20))
    stdout.write(text.slice(20))
    expect(await opening).toEqual(address)
    await scope.end()
    expect(calls).toEqual(['ask'])
    expect(lines.join()).not.toContain('secretsecret')
  })

  it('fails with its last words when it ends before', async () => {
    const { opening, stderr, exit, scope } = aChild()
    stderr.write('port 80 needs more rights\n')
    await new Promise((resolve) => setImmediate(resolve))
    exit('1')
    await expect(opening).rejects.toMatchObject({
      code: 'app.practiceFailed',
      detail: expect.stringMatching(/it ended \(1\)[\s\S]*port 80 needs more rights/),
    })
    await scope.end()
  })

  it('fails when it prints something else', async () => {
    const { opening, stdout, scope } = aChild()
    stdout.write('Hello!\n')
    await expect(opening).rejects.toMatchObject({ code: 'app.practiceFailed' })
    await scope.end()
  })

  it('is stopped when its scope ends while it starts', async () => {
    const { opening, scope, calls } = aChild()
    await scope.end()
    await expect(opening).rejects.toMatchObject({ code: 'app.stopped' })
    expect(calls).toEqual(['ask'])
  })

  it('is not asked again when it has left by itself', async () => {
    const { opening, stdout, exit, scope, calls } = aChild()
    stdout.write(`${JSON.stringify(address)}\n`)
    await opening
    exit('0')
    await scope.end()
    expect(calls).toEqual([])
  })
})
