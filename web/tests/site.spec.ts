/** A publication, on a file server that knows nothing of Svodka and in a folder of its own there. */
import AxeBuilder from '@axe-core/playwright'
import { expect, test as base } from '@playwright/test'
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { allReports, serve } from './project'

const KINDS: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' }

interface Site {
 url: string
 /** The workbench of the same project. */
 workbench: string
 /** What was asked that is not there. */
 missing: string[]
}

const test = base.extend<{ foreign: string[] }, { site: Site }>({
 site: [
  async ({}, use) => {
   const project = await serve(allReports)
   const root = `${project.file}-site`
   project.run('publish', root, '--title', 'Strikes and circles', '--creator', 'Olga Petrova', '--licence', 'CC-BY-4.0')
   const missing: string[] = []
   const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname)
    const inside = path.startsWith('/some/where/') ? join(root, path.slice('/some/where/'.length) || 'index.html') : ''
    if (!inside || !existsSync(inside) || !statSync(inside).isFile()) {
     missing.push(path)
     response.writeHead(404).end()
     return
    }
    response.writeHead(200, { 'content-type': KINDS[extname(inside)] ?? 'application/octet-stream' })
    createReadStream(inside).pipe(response)
   })
   await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
   const address = server.address()
   const port = typeof address === 'object' && address ? address.port : 0
   await use({ url: `http://127.0.0.1:${port}/some/where/`, workbench: project.url, missing })
   server.close()
   project.stop()
  },
  { scope: 'worker' },
 ],
 baseURL: async ({ site }, use) => use(site.url),
 foreign: [
  async ({ page, site }, use) => {
   const wrong: string[] = []
   page.on('request', (request) => {
    if (!request.url().startsWith(site.url) && !/^(?:blob|data):/u.test(request.url())) wrong.push(`asks ${request.url()}`)
   })
   page.on('pageerror', (error) => wrong.push(error.message))
   page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text())
   })
   await use(wrong)
   if (wrong.length > 0) throw new Error(wrong.join('\n'))
   expect(site.missing).toEqual([])
  },
  { auto: true },
 ],
})

test('a report is read with its claims, and nothing can be changed', async ({ page }) => {
 await page.goto('./')
 await expect(page).toHaveTitle(/Svodka/u)
 await expect(page.getByText('Strikes and circles')).toBeVisible()
 await expect(page.locator('input[type=file]')).toHaveCount(0)
 await page.locator('table a').first().click()
 await page.locator('.note').first().click()
 await expect(page.locator('.note').first()).toBeVisible()
 for (const name of [/^accept/iu, /^reject/iu, /^correct/iu, /^why/iu]) await expect(page.getByRole('button', { name })).toHaveCount(0)
 // Its address can be passed on.
 await page.reload()
 await expect(page.locator('.note').first()).toBeVisible()
})

test('a person is followed from the index to a dossier, its network and its reports', async ({ page }) => {
 await page.goto('./#/things?type=PERSON')
 const first = page.locator('td a').first()
 const name = await first.innerText()
 await first.click()
 await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
 await expect(page.locator('.view blockquote, .view q, .view .quote').first()).toBeVisible()
 await expect(page.locator('aside svg').first()).toBeVisible()
})

test('claims are chosen as the workbench chooses them', async ({ page, site }) => {
 const people = await (await page.request.get(`${site.workbench}/api/things?kind=people&limit=4`)).json()
 const someone = (people as { things: { number: number }[] }).things.map((one) => one.number)
 // What is counted stands in the choices: each kind with how many there are.
 const choices = ['', 'kind=strike', 'kind=strike&certainty=possible', 'from=1924', 'to=1911-12', 'from=1924-02&to=1924-02', 'status=unreviewed&kind=membership', ...someone.flatMap((one) => [`about=${one}`, `said_by=${one}`, `about=${one}&kind=meeting`])]
 for (const choice of choices) {
  const theirs = await page.request.get(`${site.workbench}/api/claims?limit=50&shielded=true&${choice}`)
  const { total, claims } = (await theirs.json()) as { total: number; claims: { said: string }[] }
  await page.goto(`./#/claims?${choice}`)
  await expect(page.getByRole('status').first(), choice).toHaveText(new RegExp(`^${total} `, 'u'))
  expect(await page.locator('td.told').allInnerTexts(), choice).toEqual(claims.map((claim) => claim.said))
 }
})

test('words are found in reports, in any case, by their beginnings and in phrases', async ({ page }) => {
 await page.goto('./#/search?q=STRIKE')
 await expect(page.locator('li mark').first()).toHaveText(/strike/iu)
 const all = await page.locator('ol li').count()
 await page.goto('./#/search?q=strik*')
 await expect.poll(async () => page.locator('ol li').count()).toBeGreaterThanOrEqual(all)
 await page.goto('./#/search?q=%22the%20strike%22')
 await expect(page.locator('li mark').first()).toHaveText(/the strike/iu)
 await page.goto('./#/search?q=zzzz')
 await expect(page.locator('ol li')).toHaveCount(0)
})

test('network, timeline, map, contradictions and the publication itself are there, and no rule of access is broken', async ({ page }) => {
 test.slow()
 for (const [view, shown] of [
  ['reports', 'table'],
  ['network', 'canvas'],
  ['timeline', '.view svg, .view .bars'],
  ['map', 'canvas'],
  ['contradictions', '.pair'],
  ['project', '.figures'],
 ] as const) {
  await page.goto(`./#/${view}`)
  await expect(page.locator(shown).first(), view).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  expect(violations.map((one) => `${view}: ${one.id}`)).toEqual([])
 }
 await expect(page.getByText('CC-BY-4.0')).toBeVisible()
 const table = await page.request.get('download/claims.csv')
 expect((await table.text()).split('\n').length).toBeGreaterThan(50)
 for (const view of ['review', 'packs']) await expect(page.locator(`nav a[href="#/${view}"]`)).toHaveCount(0)
})
