/** The reader: notes and words belong together, with the pointer and with the keyboard alone; text is text. */
import { expect, openReport, test } from './project'

test('a report is read and judged with the keyboard alone', async ({ page }) => {
 await openReport(page, /On Strikes/u)
 await page.keyboard.press('j')
 await expect(page.locator('.note.open')).toHaveAttribute('data-note', '0')
 await page.keyboard.press('j')
 const open = page.locator('.note.open')
 await expect(open).toHaveAttribute('data-note', '1')
 await expect(page).toHaveURL(/claim=c[0-9a-f]{16}/u)
 await expect(open.getByRole('button').first()).toBeFocused()
 await page.keyboard.press('a')
 await expect(open).toContainText('accepted')
 await page.keyboard.press('u')
 await expect(open).not.toContainText('accepted')
 await page.keyboard.press('r')
 await expect(open).toContainText('rejected')
 await page.keyboard.press('u')
 await expect(open).not.toContainText('rejected')
 await page.keyboard.press('w')
 await expect(page.getByRole('dialog', { name: 'Why?' })).toBeVisible()
 await page.keyboard.press('Escape')
 await page.keyboard.press('e')
 await expect(page.getByRole('dialog', { name: 'Mend this claim' })).toBeVisible()
 await page.keyboard.press('Escape')
 await page.keyboard.press('n')
 await expect(page.locator('mark:focus')).toHaveCount(1)
 await page.keyboard.press('Enter')
 await expect(page.getByRole('dialog')).toBeVisible()
 await page.keyboard.press('Escape')
 // Single letters can be turned off.
 await page.keyboard.press('?')
 await page.getByLabel('Single letters are commands').uncheck()
 await page.keyboard.press('Escape')
 await page.keyboard.press('j')
 await expect(open).toHaveAttribute('data-note', '1')
})

test('hovering over a note marks its words, and over words their notes', async ({ page }) => {
 await openReport(page, /On Strikes/u)
 await page.locator('.note').nth(2).hover()
 await expect(page.locator('.leaf .lit').first()).toBeVisible()
 const words = page.locator('.leaf [data-c]:not([data-c=""])').nth(3)
 await words.hover()
 await expect(page.locator('.note.lit').first()).toBeVisible()
})

test('each note stands level with its line unless another is in the way, and none over another', async ({ page }) => {
 await openReport(page, /On Strikes/u)
 await page.evaluate(() => document.fonts.ready)
 await page.locator('.note').first().click()
 await page.waitForTimeout(300)
 const found = await page.evaluate(() => {
  const notes = [...document.querySelectorAll<HTMLElement>('.note')].map((note) => note.getBoundingClientRect())
  const over = notes.filter((box, at) => at > 0 && box.top < (notes[at - 1]?.bottom ?? 0) - 1).length
  const open = document.querySelector('.note.open')?.getBoundingClientRect().top ?? 0
  const words = document.querySelector('.leaf .now')?.getClientRects()[0]?.top ?? 0
  return { over, away: Math.abs(open - words), notes: notes.length }
 })
 expect(found.notes).toBeGreaterThan(90)
 expect(found.over).toBe(0)
 expect(found.away).toBeLessThan(6)
})

test('on paper the report has its claims below it, each with its number, and nothing to press', async ({ page }) => {
 await openReport(page, /On Strikes/u)
 const notes = await page.locator('.note').count()
 await page.emulateMedia({ media: 'print' })
 const pressed = await page.locator('button:visible:not(.printed), input:visible, select:visible, nav:visible').count()
 expect(pressed).toBe(0)
 const found = await page.evaluate(() => {
  const text = document.querySelector('.leaf')?.getBoundingClientRect().bottom ?? 0
  const margin = document.querySelector('.margin')?.getBoundingClientRect().top ?? 0
  const told = [...document.querySelectorAll<HTMLElement>('.note .sentence')].filter((it) => it.getBoundingClientRect().height > 0 && /\p{L}/u.test(it.innerText)).length
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
  return { told, below: margin >= text, wide }
 })
 expect(found).toEqual({ told: notes, below: true, wide: 0 })
 expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-')
 await page.emulateMedia({ media: 'screen' })
})

test('the margin is filtered, and the filter is in the address', async ({ page }) => {
 await openReport(page, /On Strikes/u)
 const all = await page.locator('.note').count()
 await page.getByLabel('Certainty').selectOption('possible')
 await expect(page.locator('.note').first()).toContainText('possible')
 expect(await page.locator('.note').count()).toBeLessThan(all)
 await expect(page).toHaveURL(/certainty=possible/u)
 await page.reload()
 await expect(page.locator('.note').first()).toContainText('possible')
})

test('a report full of markup and script is shown as text on every page', async ({ page, served }) => {
 await openReport(page, 'hostile.txt')
 await expect(page.locator('.leaf')).toContainText('<img src=x onerror="window.hurt=2">')
 await expect(page.locator('.leaf')).toContainText('</textarea></title><iframe src="http://example.invalid/"></iframe>')
 const id = /reports\/(\d+)/u.exec(page.url())?.[1]
 for (const view of ['reports', `reports/${id}`, 'things', 'claims', 'claims?about=Gorlov', 'search?q=hurt', 'search?q=%3Cscript%3Ewindow', 'review', 'contradictions', 'network', 'timeline', 'map', 'packs', 'project', 'things/1', 'things/<script>', `reports/${id}?claim=<img src=x onerror=window.hurt=10>`]) {
  await page.goto(`/#/${view}`)
  await page.waitForTimeout(250)
  expect(await page.evaluate(() => (window as { hurt?: number }).hurt), view).toBeUndefined()
  expect(await page.locator('iframe, .leaf script, .leaf img, main style').count(), view).toBe(0)
 }
 expect(served.url).toContain('127.0.0.1')
})

test('what others decide is told, and their judgement is not overwritten silently', async ({ page, served }) => {
 await openReport(page, /1932|ELSTERBRUCK/iu)
 const first = page.locator('.note').first()
 await first.getByRole('button').first().click()
 const key = /claim=(c[0-9a-f]+)/u.exec(page.url())?.[1] ?? ''
 served.run('decide', key, 'reject', '--reason', 'no', '--author', 'Vera')
 await page.keyboard.press('a')
 await expect(page.getByText('Somebody decided on this claim after you opened it. Vera: reject')).toBeVisible()
 await expect(page.locator('.note.open')).toContainText('rejected')
 await page.getByRole('button', { name: 'Use mine after all' }).click()
 await expect(page.locator('.note.open')).toContainText('accepted')
})
