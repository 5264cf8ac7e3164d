// Unit and contract tests: no window, no network beyond loopback, fake time.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/unit/**/*.test.tsx'],
          environment: 'node',
        },
      },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          environment: 'node',
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
