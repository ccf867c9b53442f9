import { defineConfig } from '@playwright/test'

/** The tests start the server themselves: they kill and restart it. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/end-to-end',
  workers: 3,
  fullyParallel: false,
  // A slow machine is no failure: what must come soon says so itself.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/end-to-end.json' }]],
  use: {
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
