// Callers that wait for the same outcome.

export interface Waiters {
  wait(): Promise<void>
  resolve(): void
  reject(error: Error): void
}

export function createWaiters(): Waiters {
  let waiting: Array<{ resolve: () => void; reject: (error: Error) => void }> = []
  const take = () => {
    const all = waiting
    waiting = []
    return all
  }
  return {
    wait: () => new Promise((resolve, reject) => void waiting.push({ resolve, reject })),
    resolve: () => {
      for (const waiter of take()) waiter.resolve()
    },
    reject: (error) => {
      for (const waiter of take()) waiter.reject(error)
    },
  }
}
