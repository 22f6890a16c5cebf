import { defineConfig } from '@playwright/test'

/** Debian's Chromium unless told otherwise. Each worker has a server of its own (`tests/project.ts`). */
export default defineConfig({
 testDir: 'tests',
 fullyParallel: false,
 workers: 2,
 // A browser that stumbles once is told as flaky; a page that is wrong is wrong twice.
 retries: 1,
 timeout: 40_000,
 expect: { timeout: 8_000 },
 reporter: [['list']],
 outputDir: 'test-results',
 use: {
  locale: 'en-GB',
  launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--use-angle=swiftshader'] },
 },
})
