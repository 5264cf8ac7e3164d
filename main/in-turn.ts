// One thing after the other: what changes whose account and which server it is must not leave half of each.

export type InTurn = <T>(work: () => Promise<T>) => Promise<T>

export function createInTurn(): InTurn {
  let queue: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = queue.then(work)
    queue = next.catch(() => {})
    return next
  }
}
