import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['support/**/*.test.ts', 'support/**/*.test.tsx', 'steps/**/*.test.ts'],
    testTimeout: 30_000,
  },
})
