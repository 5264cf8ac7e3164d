// Unit and contract tests: no window, no network beyond loopback, fake time.
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // One more than there are cores: the contract tests wait for sockets half of their time. Vitest itself would take
    // one less, which on the smallest machine is one.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/unit/**/*.test.tsx'],
          environment: 'node',
          // Loading SIP.js, zod and React anew for each file costs more than the tests.
          isolate: false,
          // Beside types and lint on a busy machine, what takes a second takes ten.
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          environment: 'node',
          // As above: 26 s of processor time instead of 49.
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'practice',
          include: ['test/practice/**/*.test.ts'],
          environment: 'node',
          testTimeout: 30_000,
          // Real time and real sound, as in `vitest.e2e.config.ts`.
          retry: process.env.CI ? 1 : 0,
        },
      },
    ],
  },
})
