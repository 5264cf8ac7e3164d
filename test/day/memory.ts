// What the companion holds at the end of an hour: bytes after forced collections, and objects of the page that should go.
import { mb, sleep } from '../bench/figure.ts'
import { kindsOf, privateBytes, processTree, residentBytes } from '../bench/support/process-tree.ts'
import type { Stage } from './stage.ts'

/** Bytes; `tree` is private memory of all processes: what they share depends on who else runs. */
export interface Memory {
  main: number
  tree: number
  mainHeap: number
  pageHeap: number
  kinds: string
  /** Of the page, alive after a collection. */
  objects: Record<string, number>
}

const watched = ['RTCPeerConnection', 'MediaStreamTrack', 'AudioNode', 'WebSocket'] as const

export async function sampleMemory({ companion, hands }: Stage, restMs: number): Promise<Memory> {
  await sleep(restMs)
  const { page } = hands
  for (let turn = 0; turn < 2; turn++) {
    await companion.ask.collect()
    await page.send('HeapProfiler.collectGarbage')
    await sleep(700)
  }
  const { usedSize } = (await page.send('Runtime.getHeapUsage')) as { usedSize: number }
  const tree = processTree(companion.pid)
  return {
    main: residentBytes(companion.pid),
    tree: privateBytes(tree),
    mainHeap: await companion.ask.collect(),
    pageHeap: usedSize,
    kinds: kindsOf(tree, mb, privateBytes),
    objects: Object.fromEntries(
      await Promise.all(watched.map(async (name) => [name, await countObjects(hands.page, name)] as const)),
    ),
  }
}

async function countObjects(page: Stage['hands']['page'], name: string): Promise<number> {
  const group = { objectGroup: 'counted' }
  const { result } = (await page.send('Runtime.evaluate', { expression: `${name}.prototype`, ...group })) as {
    result: { objectId: string }
  }
  const { objects } = (await page.send('Runtime.queryObjects', {
    prototypeObjectId: result.objectId,
    ...group,
  })) as { objects: { objectId: string } }
  const { result: length } = (await page.send('Runtime.callFunctionOn', {
    objectId: objects.objectId,
    functionDeclaration: 'function () { return this.length }',
    returnByValue: true,
  })) as { result: { value: number } }
  await page.send('Runtime.releaseObjectGroup', group)
  return length.value
}
