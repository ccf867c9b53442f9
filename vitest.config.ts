import { defineConfig } from 'vitest/config'

/** Unit tests stand beside their source; integration tests and the checks on the code itself under test/. */
export default defineConfig({
  test: {
    include: [
      '{app,server,whiteboard,scripts}/**/*.test.{ts,tsx}',
      'test/{integration,architecture,fuzz,render,simulation,support}/**/*.test.ts',
    ],
    // Unless told otherwise, one core is left alone.
    maxWorkers: '100%',
    // A slow machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
