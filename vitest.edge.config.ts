// Tests on the real SIP edge: Kamailio, rtpengine and browsers, one after the other, patient with slow machines.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'edge',
    include: ['test/edge/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    // Real time on a machine that is shared: where nobody looks on, a failure must happen twice.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
})
