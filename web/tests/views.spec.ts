/** What holds for every view: WCAG A and AA in both themes, 360 px, two languages, an address of its own. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, openReport, test } from './project'

const VIEWS = ['reports', 'report', 'things', 'thing', 'claims?kind=strike', 'search?q=strike', 'review', 'contradictions', 'network', 'timeline?kind=strike', 'map', 'packs', 'project']

async function show(page: Page, view: string): Promise<void> {
 if (view === 'report') {
  await openReport(page, /On Strikes|О забастовках/u)
  await page.keyboard.press('j')
 } else if (view === 'thing') {
  await page.goto('/#/things?type=PERSON&q=Feldt')
  await page.getByRole('link', { name: /Feldt/u }).first().click()
  await page.locator('article.card').first().waitFor()
 } else {
  await page.goto(`/#/${view}`)
  await page.locator('h1').waitFor()
 }
 // The page is told of changes as long as it is open: its network is never idle.
 await expect(page.getByText(/Loading …|Загружается …/u)).toHaveCount(0)
 await page.waitForTimeout(view === 'map' || view === 'network' ? 900 : 350)
}

for (const theme of ['light', 'dark'] as const) {
 test.describe(theme, () => {
  test.use({ colorScheme: theme })
  for (const view of VIEWS) {
   test(`${view} has no violation of WCAG A or AA`, async ({ page }) => {
    await show(page, view)
    const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
    expect(found.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).slice(0, 3).join(' | ')}`)).toEqual([])
   })
  }
 })
}

test.describe('at 360 pixels', () => {
 test.use({ viewport: { width: 360, height: 740 } })
 for (const view of VIEWS) {
  test(`${view} needs no scrolling aside`, async ({ page }) => {
   await show(page, view)
   const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
   expect(wide).toBeLessThanOrEqual(0)
  })
 }
 test('the menu leads everywhere', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'Contents' }).click()
  await page.getByRole('link', { name: 'Claims', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Claims' })).toBeVisible()
 })
})

test.describe('in Russian', () => {
 test.use({ locale: 'ru-RU' })
 test('every view speaks Russian', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1, name: 'Сводки' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru')
  await page.getByRole('link', { name: 'Сообщения', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Сообщения' })).toBeVisible()
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Claims' })).toBeVisible()
 })
})

test('a page that is not there says so, and leads back', async ({ page }) => {
 await page.goto('/#/nowhere')
 await expect(page.getByText('There is no such page.')).toBeVisible()
 await page.getByRole('link', { name: 'To the reports' }).click()
 await expect(page.getByRole('heading', { level: 1, name: 'Reports' })).toBeVisible()
})
