// Which topics go into which message, and how a refused one is found: the platform names no culprit (contract E.2).

/**
 *   whole ──refused──→ single ──refused at the first topic──→ hopeless
 *     ↑                  │
 *     └─ all sent, or one found and left out ─┘
 */
export interface TopicPlan {
  /** The messages to send now. `single`: one topic each, far enough apart to see which one closes the socket. */
  readonly mode: 'whole' | 'single'
  messages(): string[][]
  /** Topics that are not sent any more, because the platform refused them. */
  leftOut(): string[]
  /** A message went out. */
  sent(topics: readonly string[]): void
  /** All went out and the socket lives. */
  settled(): void
  /** The socket was closed for a topic. Says whether to try again, or which topic makes it hopeless. */
  refused(): { again: true; leftOut?: string } | { again: false; culprit: string | undefined }
}

export function createTopicPlan(lists: readonly string[][]): TopicPlan {
  const leftOut = new Set<string>()
  let mode: TopicPlan['mode'] = 'whole'
  let last: { topic: string; first: boolean } | undefined
  const wanted = () =>
    lists.map((list) => list.filter((topic) => !leftOut.has(topic))).filter((list) => list.length > 0)

  return {
    get mode() {
      return mode
    },
    leftOut: () => [...leftOut],
    messages() {
      last = undefined
      return mode === 'whole' ? wanted() : wanted().flatMap((list) => list.map((topic) => [topic]))
    },
    sent([topic]) {
      if (topic !== undefined) last = { topic, first: last === undefined }
    },
    settled() {
      mode = 'whole'
    },
    refused() {
      if (mode === 'whole') {
        mode = 'single'
        return { again: true }
      }
      // Not even the first one: it is the permission or the customer id, not one topic.
      if (!last || last.first) return { again: false, culprit: last?.topic }
      leftOut.add(last.topic)
      mode = 'whole'
      return { again: true, leftOut: last.topic }
    },
  }
}
