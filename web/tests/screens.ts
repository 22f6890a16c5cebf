/** Each view on the examples, as a reader sees it, into `docs/screens`. */
import { join } from 'node:path'
import { openReport, root, test } from './project'

const VIEWS = { reports: 'reports', claims: 'claims?kind=strike', search: 'search?q=strike', review: 'review', contradictions: 'contradictions', network: 'network', timeline: 'timeline?kind=strike', map: 'map', packs: 'packs?file=frames/strike.toml', project: 'project', things: 'things' }
const into = (name: string) => join(root, 'docs/screens', `${name}.png`)

for (const [name, address] of Object.entries(VIEWS)) {
 test(name, async ({ page }) => {
  await page.goto(`/#/${address}`)
  await page.locator('h1').waitFor()
  await page.waitForTimeout(name === 'map' || name === 'network' ? 4000 : 1200)
  await page.screenshot({ path: into(name) })
 })
}

test('report', async ({ page }) => {
 await openReport(page, /On Strikes/u)
 for (let step = 0; step < 8; step += 1) await page.keyboard.press('j')
 await page.waitForTimeout(800)
 await page.screenshot({ path: into('report') })
})

test('dossier', async ({ page }) => {
 await page.goto('/#/things?type=PERSON&q=Durnovtsev')
 await page.getByRole('link', { name: /Durnovtsev/u }).first().click()
 await page.locator('article.card').first().waitFor()
 await page.waitForTimeout(1500)
 await page.screenshot({ path: into('dossier') })
})

test('report-dark', async ({ page }) => {
 await page.emulateMedia({ colorScheme: 'dark' })
 await openReport(page, /On Strikes/u)
 await page.waitForTimeout(800)
 await page.screenshot({ path: into('report-dark') })
})

test('report-narrow', async ({ page }) => {
 await page.setViewportSize({ width: 360, height: 740 })
 await openReport(page, /On Strikes/u)
 await page.waitForTimeout(800)
 await page.screenshot({ path: into('report-narrow') })
})
