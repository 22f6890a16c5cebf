/** The ten tasks with the keyboard alone: nothing here points or clicks. */
import type { Locator, Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { examples, expect, reports, serve, test } from './project'

test.describe.configure({ mode: 'serial' })

/** Goes on with Tab until something has the focus. */
async function reach(page: Page, wanted: Locator, back = false): Promise<void> {
 await expect(wanted).toBeAttached()
 for (let step = 0; step < 250; step += 1) {
  if (await wanted.evaluate((element) => element === document.activeElement)) return
  await page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
 }
 throw new Error('the keyboard does not reach it')
}

/** Goes to a view by its letter. */
async function view(page: Page, letter: string, title: string): Promise<void> {
 await page.keyboard.press('g')
 await page.keyboard.press(letter)
 await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
}

/** Chooses in a list by its first letters. */
async function choose(page: Page, list: Locator, letters: string): Promise<void> {
 await reach(page, list)
 await page.keyboard.type(letters)
}

test('reports are added', async ({ browser }) => {
 const empty = await serve([])
 const page = await browser.newPage({ baseURL: empty.url, locale: 'en-GB' })
 // Asked for before the page is there: a browser that is busy may take the key before it has heard that files are wanted.
 const asked = page.waitForEvent('filechooser')
 await page.goto('/')
 await reach(page, page.locator('#add-reports'))
 await page.keyboard.press('Space')
 await (await asked).setFiles([join(examples, '1924-02-strikes-and-groups.txt'), join(reports, '1924-04-second-summary.txt'), join(reports, '1961-note.txt')])
 await expect(page.getByText('3 reports', { exact: true })).toBeVisible({ timeout: 30_000 })
 await page.close()
 empty.stop()
})

test('who was at a meeting is found, and on whose word', async ({ page }) => {
 await page.goto('/')
 await view(page, 'c', 'Claims')
 await choose(page, page.getByLabel('Kind'), 'meeting')
 await expect(page).toHaveURL(/kind=meeting/u)
 await reach(page, page.getByRole('link', { name: /Meeting.*Kremnegorsk.*Viktor Lyalin/u }))
 await page.keyboard.press('Enter')
 await expect(page.locator('.note.open .chain')).toContainText('Leonid Sabaneyev → this report')
})

test('a wrong name and a wrong date are corrected, and that is undone', async ({ page }) => {
 await page.goto('/')
 const report = page.getByRole('link', { name: /Workers’ Bell/u })
 await reach(page, report)
 await page.keyboard.press('Enter')
 const note = page.locator('.note', { hasText: 'Arrest of Kalinnikov' })
 await reach(page, note.getByRole('button').first())
 await page.keyboard.press('Enter')
 await expect(page.locator('.note.open')).toContainText('Arrest of Kalinnikov')
 await page.keyboard.press('e')
 const form = page.getByRole('dialog')
 await reach(page, form.getByLabel('against').first())
 await page.keyboard.press('Control+a')
 await page.keyboard.type('Kalinin')
 await reach(page, form.getByLabel('When (EDTF)'))
 await page.keyboard.press('Control+a')
 await page.keyboard.type('1924-03-21')
 await page.keyboard.press('Enter')
 await expect(page.locator('.note.open')).toContainText('Kalinin')
 await expect(page.locator('.note.open')).toContainText('1924-03-21')
 await page.keyboard.press('u')
 await expect(note.first()).toContainText('1924-03-20')
})

test('two spellings are merged, and that is undone', async ({ page }) => {
 await page.goto('/')
 await view(page, 'i', 'Index')
 await reach(page, page.getByLabel('Name contains'))
 await page.keyboard.type('Durnovtsev')
 await reach(page, page.getByRole('link', { name: 'A. M. Durnovtsev' }))
 await page.keyboard.press('Enter')
 await expect(page.getByText('1 report ·')).toBeVisible()
 const proposed = page.locator('aside article', { has: page.getByRole('link', { name: 'A. M. Durnovtzev' }) })
 await reach(page, proposed.getByRole('button', { name: 'The same' }))
 await page.keyboard.press('Enter')
 await expect(page.getByText('2 reports ·')).toBeVisible()
 await page.keyboard.press('u')
 await expect(page.getByText('1 report ·')).toBeVisible()
})

test('a claim is rejected, and that is undone', async ({ page }) => {
 await page.goto('/')
 await view(page, 'v', 'Review')
 const waiting = page.getByText(/claims? waits? for a reader/u)
 const number = async () => Number((await waiting.textContent())?.replaceAll(/\D/gu, ''))
 await expect(waiting).toBeVisible()
 const before = await number()
 await page.keyboard.press('j')
 await page.keyboard.press('r')
 await expect.poll(number).toBe(before - 1)
 await page.keyboard.press('u')
 await expect.poll(number).toBe(before)
})

test('a contradiction is found', async ({ page }) => {
 await page.goto('/')
 await view(page, 'x', 'Contradictions')
 await reach(page, page.locator('ol > li').first().locator('article.card').nth(1).locator('a').last())
 await page.keyboard.press('Enter')
 await expect(page.locator('.note.open')).toBeVisible()
})

test('strikes of one month are filtered and saved as CSV', async ({ page }) => {
 await page.goto('/')
 await view(page, 'c', 'Claims')
 await choose(page, page.getByLabel('Kind'), 'strike')
 await reach(page, page.getByLabel('From'))
 await page.keyboard.type('1924-03')
 await page.keyboard.press('Tab')
 await page.keyboard.type('1924-03')
 await page.keyboard.press('Tab')
 await expect(page).toHaveURL(/kind=strike.*from=1924-03.*to=1924-03/u)
 await expect(page.getByRole('link', { name: /Vulkan/u }).first()).toBeVisible()
 await reach(page, page.getByRole('link', { name: 'Save as CSV' }))
 const download = page.waitForEvent('download')
 await page.keyboard.press('Enter')
 expect(readFileSync(await (await download).path(), 'utf8')).toContain('1924-03-11')
})

test('an edge of the network is followed to its quotations', async ({ page }) => {
 await page.goto('/')
 await view(page, 'n', 'Network')
 await choose(page, page.getByLabel('Kind'), 'contact')
 await expect(page).toHaveURL(/kind=contact/u)
 await reach(page, page.getByRole('button', { name: /Lyalin — .*Gorchakov|Gorchakov — .*Lyalin/u }))
 await page.keyboard.press('Enter')
 await expect(page.locator('.panel')).toBeFocused()
 await reach(page, page.locator('.panel').getByRole('link', { name: '1961-note.txt' }).first())
 await page.keyboard.press('Enter')
 await expect(page.locator('.note.open')).toBeVisible()
})

test('the rule for the living is changed, and that is undone', async ({ page }) => {
 const csv = async () => (await page.request.get('/api/claims.csv')).text()
 await page.goto('/')
 await view(page, 'p', 'Project')
 await reach(page, page.getByLabel('Withhold their names in what leaves this machine'))
 await page.keyboard.press('Space')
 await reach(page, page.getByLabel(/Reason/u))
 await page.keyboard.type('all of them have died')
 await page.keyboard.press('Enter')
 await expect(page.getByText('Saved.')).toBeVisible()
 expect(await csv()).toContain('Lyalin')
 await reach(page, page.locator('tr', { hasText: 'all of them have died' }).first().getByRole('button'))
 await page.keyboard.press('Enter')
 await expect(page.getByText('Undone.')).toBeVisible()
 expect(await csv()).not.toContain('Lyalin')
})

test('the sliders of map and network are moved, and what they leave is reached', async ({ page }) => {
 await page.goto('/')
 await view(page, 'm', 'Map')
 const slider = page.getByRole('slider')
 await reach(page, slider)
 await page.keyboard.press('Home')
 await expect(page).toHaveURL(/until=\d{4}-\d\d/u)
 await page.keyboard.press('End')
 await expect(page).not.toHaveURL(/until=/u)
 await reach(page, page.locator('.lists a').first())
 await page.keyboard.press('Enter')
 await expect(page.locator('article.card').first()).toBeVisible()
 await view(page, 'n', 'Network')
 const lead = page.locator('.view header p')
 const all = await lead.textContent()
 await reach(page, page.getByRole('slider'))
 await page.keyboard.press('Home')
 await expect(lead).not.toHaveText(all ?? '')
 await view(page, 't', 'Timeline')
 await reach(page, page.locator('ol a').first())
})

test('what was missed is put in at words that are written, and that is undone', async ({ page }) => {
 await page.goto('/')
 await reach(page, page.getByRole('link', { name: /Workers’ Bell/u }))
 await page.keyboard.press('Enter')
 await page.locator('.note').first().waitFor()
 await page.keyboard.press('c')
 const form = page.getByRole('dialog')
 await reach(page, form.getByLabel('The words it rests on'))
 await page.keyboard.type('a letter from Samoilov')
 await expect(form.getByText('They stand in the report once.')).toBeVisible()
 await reach(page, form.getByLabel('A name'))
 await page.keyboard.press('ArrowDown')
 await choose(page, form.getByLabel('Kind'), 'authorship')
 await reach(page, form.getByRole('textbox', { name: 'author' }))
 await page.keyboard.type('Samoilov')
 await page.keyboard.press('Enter')
 const note = page.locator('.note', { hasText: 'Samoilov' }).last()
 await expect(page.getByText('Put in.')).toBeVisible()
 await expect(note).toContainText('Samoilov')
 await page.keyboard.press('u')
 await expect(page.getByText('Undone.')).toBeVisible()
})
