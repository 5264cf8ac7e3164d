import { expect, test } from 'vitest'
import { initialAppState } from '../../../common/model/app-state.ts'
import { traceLimit } from '../../../common/model/trace.ts'
import { aLine, callId, signedInApp } from '../../../renderer/gallery/people.ts'
import { traceRows } from '../../../renderer/gallery/rows.ts'
import { appendRows, createCopyStore, toSnapshot } from '../../../renderer/state/copy-store.ts'
import { createFeed } from '../../../renderer/state/feed.ts'

/** Frames that come when the test says so; what shall run soon runs with `soon`, or with the frame. */
function manualFrames() {
  const waiting: (() => void)[] = []
  const early: (() => void)[] = []
  return {
    frames: {
      next: (run: () => void) => void waiting.push(run),
      soon: (run: () => void) => void early.push(run),
    },
    soon: () => {
      for (const run of early.splice(0)) run()
    },
    frame: () => {
      for (const run of waiting.splice(0)) run()
    },
  }
}

const texts = (store: ReturnType<typeof createCopyStore>) =>
  (store.getState().transcripts[callId] ?? []).map((entry) => (entry.kind === 'line' ? entry.text : 'gap'))

test('a burst of events within one frame changes the copy once', () => {
  const { frames, frame } = manualFrames()
  const store = createCopyStore({ link: { status: 'live' } })
  const feed = createFeed(store, () => {}, frames)
  let changes = 0
  store.subscribe(() => {
    changes += 1
  })
  for (let i = 0; i < 1_000; i++) feed['transcript.changed']({ callId, entries: [aLine(i, 'in', `${i}`)] })
  feed['state.changed']({ changes: { account: signedInApp.account } })
  expect(changes).toBe(0)
  frame()
  expect(changes).toBe(1)
  expect(texts(store)).toEqual(Array.from({ length: 1_000 }, (_, i) => `${i}`))
  expect(store.getState().app.account.status).toBe('signedIn')
})

test('what comes alone does not wait for the frame; what follows it does, until a frame brought nothing', () => {
  const { frames, frame, soon } = manualFrames()
  const store = createCopyStore({ link: { status: 'live' } })
  const feed = createFeed(store, () => {}, frames)
  const hear = (n: number) => feed['transcript.changed']({ callId, entries: [aLine(n, 'in', `${n}`)] })
  hear(0)
  hear(1)
  soon()
  expect(texts(store)).toEqual(['0', '1'])
  hear(2)
  soon()
  expect(texts(store)).toEqual(['0', '1'])
  frame()
  expect(texts(store)).toEqual(['0', '1', '2'])
  frame()
  hear(3)
  soon()
  expect(texts(store)).toEqual(['0', '1', '2', '3'])
})

test('transcripts of calls long ended are let go, those that still grow are not', () => {
  const { frames, frame } = manualFrames()
  const store = createCopyStore({ link: { status: 'live' } })
  const feed = createFeed(store, () => {}, frames)
  const hear = (id: string, n: number) =>
    feed['transcript.changed']({ callId: id, entries: [{ ...aLine(n, 'in', `${n}`), callId: id }] })
  hear('long', 0)
  for (let n = 1; n <= 30; n++) {
    hear(`call ${n}`, n)
    hear('long', 100 + n)
    frame()
  }
  const { transcripts } = store.getState()
  expect(Object.keys(transcripts)).toHaveLength(8)
  expect(transcripts.long).toHaveLength(31)
  expect(transcripts['call 30']).toHaveLength(1)
  expect(transcripts['call 1']).toBeUndefined()
})

test('a cleared trace and rows after it keep their order within a frame', () => {
  const { frames, frame } = manualFrames()
  const store = createCopyStore({ link: { status: 'live' }, trace: traceRows(3) })
  const feed = createFeed(store, () => {}, frames)
  const [row] = traceRows(1)
  feed['trace.cleared']({})
  feed['trace.added']({ rows: row ? [{ ...row, id: 4 }] : [] })
  frame()
  expect(store.getState().trace?.map(({ id }) => id)).toEqual([4])
})

test('what came before the snapshot neither gets lost nor doubles nor makes values old', () => {
  const { frames, frame } = manualFrames()
  const store = createCopyStore()
  const feed = createFeed(store, () => {}, frames)
  feed['transcript.changed']({ callId, entries: [aLine(1, 'in', 'one'), aLine(2, 'in', 'two')] })
  feed['state.changed']({ changes: { account: { status: 'signingIn' } } })
  frame()
  store.setState(
    toSnapshot({
      state: signedInApp,
      transcripts: { [callId]: [aLine(0, 'in', 'zero'), aLine(1, 'in', 'one')] },
    }),
  )
  expect(texts(store)).toEqual(['zero', 'one', 'two'])
  expect(store.getState().app.account.status).toBe('signedIn')
})

test('interim text is replaced by its final in place', () => {
  const { frames, frame } = manualFrames()
  const store = createCopyStore({ link: { status: 'live' }, app: initialAppState })
  const feed = createFeed(store, () => {}, frames)
  feed['transcript.changed']({
    callId,
    entries: [aLine(0, 'in', 'hel', { id: 'interim', status: 'interim' })],
  })
  frame()
  feed['transcript.changed']({ callId, entries: [aLine(0, 'in', 'hello')] })
  frame()
  expect(texts(store)).toEqual(['hello'])
})

test('the trace keeps its newest rows only', () => {
  const rows = appendRows(traceRows(traceLimit), traceRows(traceLimit + 5))
  expect(rows).toHaveLength(traceLimit)
  expect(rows.at(-1)?.id).toBe(traceLimit + 5)
})
