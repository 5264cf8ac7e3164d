// Tests on the real SIP edge: Kamailio, rtpengine and browsers, two files at a time, patient with slow machines.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'edge',
    include: ['test/edge/**/*.test.ts'],
    environment: 'node',
    // They mostly wait for what is said and heard; each file has an edge and ports of its own (fixture/ports.ts).
    maxWorkers: 2,
    // Real time on a machine that is shared: where nobody looks on, a failure must happen twice.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
})
