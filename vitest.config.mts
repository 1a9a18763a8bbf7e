import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['support/**/*.test.ts', 'support/**/*.test.tsx', 'steps/**/*.test.ts'],
    testTimeout: 30_000,
    // Black-box tests start a process each; more of them at once only wait for each other on two cores.
    maxConcurrency: 2,
  },
})
