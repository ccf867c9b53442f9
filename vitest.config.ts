import { defineConfig } from 'vitest/config'

/** Unit tests stand beside their source; integration tests and the checks on the code itself under test/. */
export default defineConfig({
  test: {
    include: [
      '{app,server,whiteboard,scripts}/**/*.test.{ts,tsx}',
      'test/{integration,architecture,fuzz,render,simulation,support}/**/*.test.ts',
    ],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
