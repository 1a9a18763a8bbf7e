import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['support/**/*.test.ts', 'support/**/*.test.tsx', 'steps/**/*.test.ts'],
    // Both only end what hangs. How long a process or a browser takes to start on two busy cores says nothing of the code.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Black-box tests start a process each; more of them at once only wait for each other on two cores.
    maxConcurrency: 2,
  },
})
