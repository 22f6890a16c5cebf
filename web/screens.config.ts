/** Pictures of every view for the documentation: `npm run screens`. */
import { defineConfig } from '@playwright/test'
import tests from './playwright.config'

export default defineConfig({ ...tests, testMatch: 'screens.ts', workers: 1, use: { ...tests.use, viewport: { width: 1280, height: 860 } } })
