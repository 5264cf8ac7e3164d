// This machine, as the checks see it.
import { lookup } from 'node:dns/promises'
import { networkInterfaces } from 'node:os'
import type { Machine } from './check.ts'

export const thisMachine: Machine = {
  lookup: (host) => lookup(host, { all: true }),
  adapters: () =>
    Object.entries(networkInterfaces()).flatMap(([name, rows = []]) =>
      rows.map(({ address, internal }) => ({ name, address, internal })),
    ),
  now: Date.now,
}
