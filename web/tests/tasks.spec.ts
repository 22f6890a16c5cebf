/** Ten tasks as a new user would do them. */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { examples, expect, openReport, reports, serve, test } from './project'

test.describe.configure({ mode: 'serial' })

test('add three reports, and be told why a file is refused', async ({ browser }) => {
 const empty = await serve([])
 const page = await browser.newPage({ baseURL: empty.url })
 await page.goto('/')
 await expect(page.getByText('No reports yet.')).toBeVisible()
 await page.locator('#add-reports').setInputFiles([
  ...[join(examples, '1924-02-strikes-and-groups.txt'), join(reports, '1924-04-second-summary.txt'), join(reports, '1961-note.txt')].map((path) => ({
   name: basename(path),
   mimeType: 'text/plain',
   buffer: readFileSync(path),
  })),
  { name: 'picture.txt', mimeType: 'text/plain', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]) },
 ])
 await expect(page.getByText('3 reports', { exact: true })).toBeVisible({ timeout: 30_000 })
 await expect(page.getByText('refused:')).toBeVisible()
 await expect(page.getByRole('cell', { name: '1924-02-29' })).toBeVisible()
 await page.close()
 empty.stop()
})

test('find everyone present at a meeting, and on whose word', async ({ page }) => {
 await page.goto('/#/claims')
 await page.getByLabel('Kind').selectOption('meeting')
 const meeting = page.getByRole('link', { name: /Meeting.*Kremnegorsk.*Viktor Lyalin/u })
 await meeting.click()
 const note = page.locator('.note.open')
 await expect(note).toContainText('Viktor Lyalin')
 await expect(note.locator('.chain')).toContainText('Leonid Sabaneyev → this report')
 // The words it rests on are marked in the text.
 await expect(page.locator('.leaf .now').first()).toBeVisible()
})

test('correct a wrong name and a wrong date, and undo it', async ({ page }) => {
 await openReport(page, /Workers’ Bell/u)
 const note = page.locator('.note', { hasText: 'Arrest of Kalinnikov' })
 await note.getByRole('button').first().click()
 await note.getByRole('button', { name: 'Mend' }).click()
 const form = page.getByRole('dialog')
 await form.getByLabel('against').first().fill('Kalinin')
 await form.getByLabel('When (EDTF)').fill('1924-03-21')
 await form.getByLabel(/Reason/u).fill('misread')
 await form.getByRole('button', { name: 'Save' }).click()
 const mended = page.locator('.note.open')
 await expect(mended).toContainText('Kalinin')
 await expect(mended).toContainText('1924-03-21')
 await expect(mended).toContainText('corrected')
 await page.getByRole('button', { name: 'Undo' }).click()
 await expect(page.locator('.note', { hasText: 'Arrest of Kalinnikov' }).first()).toContainText('1924-03-20')
})

test('merge two spellings and undo it', async ({ page, served }) => {
 const people = JSON.parse(served.run('people', '--json', '--owner')) as { number: number; label: string }[]
 const one = people.find((row) => row.label === 'A. M. Durnovtsev')?.number
 await page.goto(`/#/things/${one}`)
 await expect(page.getByText('1 report ·')).toBeVisible()
 const proposed = page.locator('aside article', { has: page.getByRole('link', { name: 'A. M. Durnovtzev' }) })
 await proposed.getByText('What speaks for and against').click()
 await expect(proposed.locator('table')).toBeVisible()
 await proposed.getByRole('button', { name: 'The same' }).click()
 await expect(page.getByText('2 reports ·')).toBeVisible()
 await page.getByRole('button', { name: 'Undo' }).click()
 await expect(page.getByText('1 report ·')).toBeVisible()
})

test('reject a claim in the review queue; accept a screen; one undo takes all of it back', async ({ page }) => {
 await page.goto('/#/review')
 const waiting = page.getByText(/claims? waits? for a reader/u)
 const number = async () => Number((await waiting.textContent())?.replaceAll(/\D/gu, ''))
 await expect(waiting).toBeVisible()
 const before = await number()
 await page.locator('li').getByRole('button', { name: 'Reject' }).first().click()
 await expect.poll(number).toBe(before - 1)
 await page.getByRole('button', { name: /Accept the 8/u }).click()
 await expect.poll(number).toBe(before - 9)
 await page.getByRole('button', { name: 'Undo' }).click()
 await expect.poll(number).toBe(before - 1)
})

test('find a contradiction, both sides with their words', async ({ page }) => {
 await page.goto('/')
 await page.getByRole('link', { name: 'Contradictions', exact: true }).click()
 await expect(page.getByRole('heading', { level: 1, name: 'Contradictions' })).toBeVisible()
 const first = page.locator('ol > li').first()
 await expect(first.locator('article.card')).toHaveCount(2)
 await expect(first.locator('article.card q').first()).toBeVisible()
 await expect(first).toContainText(/independent witness/u)
 await first.locator('article.card').nth(1).locator('a').last().click()
 await expect(page.locator('.note.open')).toBeVisible()
})

test('filter strikes of one month and save the CSV', async ({ page }) => {
 await page.goto('/#/claims')
 await page.getByLabel('Kind').selectOption('strike')
 await page.getByLabel('From').fill('1924-03')
 await page.getByLabel('From').press('Tab')
 await page.getByLabel('Until').fill('1924-03')
 await page.getByLabel('Until').press('Tab')
 await expect(page).toHaveURL(/kind=strike.*from=1924-03.*to=1924-03/u)
 await expect(page.getByRole('link', { name: /Vulkan/u }).first()).toBeVisible()
 const download = page.waitForEvent('download')
 await page.getByRole('link', { name: 'Save as CSV' }).click()
 const csv = readFileSync(await (await download).path(), 'utf8')
 expect(csv.split('\n')[0]).toContain('kind')
 expect(csv).toContain('1924-03-11')
 expect(csv).not.toContain('1932')
})

test('follow an edge of the network to its quotations', async ({ page }) => {
 await page.goto('/#/network')
 await page.getByLabel('Kind').selectOption('contact')
 await page.getByRole('button', { name: /Lyalin — .*Gorchakov|Gorchakov — .*Lyalin/u }).click()
 await expect(page.locator('.panel')).toContainText('Lyalin and Marshak were in contact with Professor Gorchakov')
 await page.locator('.panel').getByRole('link', { name: '1961-note.txt' }).first().click()
 await expect(page.locator('.note.open')).toBeVisible()
})

test('change the policy for the living and see a name disappear from an export', async ({ page }) => {
 const csv = async () => (await page.request.get('/api/claims.csv')).text()
 expect(await csv()).not.toContain('Lyalin')
 await page.goto('/#/project')
 await page.getByLabel('Withhold their names in what leaves this machine').uncheck()
 await page.getByLabel(/Reason/u).fill('everybody has died')
 await page.getByRole('button', { name: 'Save', exact: true }).click()
 await expect(page.getByText('Saved.')).toBeVisible()
 expect(await csv()).toContain('Lyalin')
 // The history has it, and takes it back: the name is gone again.
 await page.locator('tr', { hasText: 'everybody has died' }).first().getByRole('button').click()
 await expect(page.getByText('Undone.')).toBeVisible()
 expect(await csv()).not.toContain('Lyalin')
})

test('search, and read on where it was found', async ({ page }) => {
 await page.goto('/')
 await page.keyboard.press('/')
 await page.getByRole('searchbox').fill('"strike committee"')
 await page.keyboard.press('Enter')
 await expect(page.locator('mark').first()).toHaveText('strike committee')
 await page.getByRole('link', { name: /On Strikes/u }).click()
 await expect(page.locator('.leaf')).toContainText('a strike committee of three was elected')
})

test('two spellings are judged by a number or a name that the reader knows', async ({ page, served }) => {
 const people = JSON.parse(served.run('people', '--json', '--owner')) as { number: number; label: string }[]
 const [one, other] = ['A. M. Durnovtsev', 'A. M. Durnovtzev'].map((label) => people.find((row) => row.label === label)?.number)
 await page.goto(`/#/things/${one}`)
 await page.getByLabel('Number or name of the other').fill(String(other))
 await page.getByRole('form').getByRole('button', { name: 'The same' }).click()
 await expect(page.getByText('2 reports ·')).toBeVisible()
 await page.getByRole('button', { name: 'Undo' }).click()
 await expect(page.getByText('1 report ·')).toBeVisible()
})

test('what has no coordinates is listed beside the map, with its claims', async ({ page }) => {
 await page.goto('/#/map')
 await expect(page.locator('canvas')).toBeVisible()
 await expect(page.getByRole('heading', { name: 'Without coordinates' })).toBeVisible()
 await expect(page.getByRole('link', { name: 'Kremnegorsk', exact: true }).first()).toBeVisible()
})
