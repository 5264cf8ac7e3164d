// The worklet nodes of the meters: few for ever, and none tells one call what it heard in another.
import { describe, expect, it } from 'vitest'
import { createScope } from '../../../common/kit/scope.ts'
import { createMeasure } from '../../../renderer/phone/meter-nodes.ts'

function open() {
  const made: ReturnType<typeof aNode>[] = []
  const measure = createMeasure(() => {
    const node = aNode()
    made.push(node)
    return node as unknown as AudioWorkletNode
  })
  return { made, measure }
}

function aNode() {
  const node = {
    use: 0,
    port: {
      onmessage: null as ((event: { data: unknown }) => void) | null,
      postMessage: (use: number) => {
        node.use = use
      },
    },
    /** A frame as the processor posts it, arriving now. */
    arrive: (use: number, rms: number) => node.port.onmessage?.({ data: [use, rms, 1000] }),
  }
  return node
}

function aSource() {
  const source = {
    connected: false,
    connect: () => {
      source.connected = true
    },
    disconnect: () => {
      source.connected = false
    },
  }
  return source
}

describe('a meter node', () => {
  it('measures for one at a time and is used again', async () => {
    const { made, measure } = open()
    const [one, two, three] = [createScope('one'), createScope('two'), createScope('three')]
    const source = aSource()
    measure(one, source as unknown as AudioNode, () => {})
    measure(two, aSource() as unknown as AudioNode, () => {})
    expect(made.length).toBe(2)
    await one.end()
    expect(source.connected).toBe(false)
    expect(made[0]?.use).toBe(0)
    measure(three, aSource() as unknown as AudioNode, () => {})
    expect(made.length).toBe(2)
    expect(new Set(made.map(({ use }) => use)).size).toBe(2)
  })

  it('tells nobody the frames of the stream it measured before', async () => {
    const { made, measure } = open()
    const heard: string[] = []
    const one = createScope('one')
    measure(one, aSource() as unknown as AudioNode, (rms) => heard.push(`one ${rms}`))
    const [node] = made
    const old = node?.use ?? 0
    node?.arrive(old, 0.5)
    await one.end()
    measure(createScope('two'), aSource() as unknown as AudioNode, (rms) => heard.push(`two ${rms}`))
    node?.arrive(old, 0.6)
    node?.arrive(node.use, 0.7)
    expect(heard).toEqual(['one 0.5', 'two 0.7'])
  })

  it('is not taken for a scope that has ended', async () => {
    const { made, measure } = open()
    const one = createScope('one')
    await one.end()
    measure(one, aSource() as unknown as AudioNode, () => {})
    expect(made).toEqual([])
  })
})
