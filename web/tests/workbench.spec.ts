/** What a reader does beside the ten tasks: puts in what was missed, grades, takes pictures and exports out, tries a rule on all reports. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, openReport, reports, serve, svodka, test } from './project'

/** Chooses words of the report as one does with the pointer. */
async function select(page: Page, words: string): Promise<void> {
 await page.evaluate((words) => {
  const walker = document.createTreeWalker(document.querySelector('.leaf') as Node, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
   const at = node.textContent?.indexOf(words) ?? -1
   if (at < 0) continue
   const range = document.createRange()
   range.setStart(node, at)
   range.setEnd(node, at + words.length)
   getSelection()?.removeAllRanges()
   getSelection()?.addRange(range)
   return
  }
  throw new Error(`'${words}' does not stand in one piece`)
 }, words)
}

async function file(page: Page, press: () => Promise<void>): Promise<string> {
 const download = page.waitForEvent('download')
 await press()
 return readFileSync(await (await download).path(), 'utf8')
}

test('words that are chosen become a name, and one that is none is taken out', async ({ page }) => {
 await openReport(page, /Workers’ Bell/u)
 await select(page, 'the moulder')
 await page.getByRole('toolbar').getByRole('button').click()
 const form = page.getByRole('dialog')
 await form.getByLabel('Type').selectOption('PERSON')
 await form.getByLabel('Name in full').fill('A moulder of Red Anchor')
 await form.getByRole('button', { name: 'Add' }).click()
 const put = page.locator('mark.person', { hasText: 'the moulder' })
 await expect(put.first()).toBeVisible()
 // It is in the index like any other.
 await put.first().click()
 await expect(page.getByRole('dialog')).toContainText('A moulder of Red Anchor')
 await page.getByRole('dialog').getByText('Mend this name').click()
 await page.getByRole('dialog').getByRole('button', { name: 'This is no name' }).click()
 await expect(put).toHaveCount(0)
 // What was done by hand is in the history, and taken back from there, the last first.
 await page.keyboard.press('u')
 await expect(put.first()).toBeVisible()
 await page.keyboard.press('u')
 await expect(put).toHaveCount(0)
})

test('a claim is put in at chosen words, judged and taken back', async ({ page }) => {
 await openReport(page, /Workers’ Bell/u)
 const before = await page.locator('.note').count()
 await select(page, ' lasted three days')
 await page.keyboard.press('c')
 const form = page.getByRole('dialog')
 await form.getByLabel('A claim resting on these words').check()
 await form.getByRole('combobox', { name: /^Kind/u }).selectOption('strike')
 await form.getByLabel('where', { exact: true }).fill('Red Anchor')
 await form.getByLabel('When (EDTF)').fill('1924-03-19/1924-03-21')
 await form.getByLabel('Certainty').selectOption('probable')
 await form.getByRole('button', { name: 'Add' }).click()
 await expect(page.locator('.note')).toHaveCount(before + 1)
 const note = page.locator('.note.probable', { hasText: '1924-03-19/1924-03-21' })
 await note.getByRole('button').first().click()
 await page.keyboard.press('w')
 await expect(page.getByRole('dialog')).toContainText('Put in by a reader.')
 await expect(page.getByRole('dialog')).toContainText('lasted three days')
 await page.keyboard.press('Escape')
 await page.keyboard.press('u')
 await expect(page.locator('.note')).toHaveCount(before)
})

test('a dossier has a network and a timeline of its own; a grade and a note are kept with the claim', async ({ page }) => {
 await page.goto('/#/things?type=PERSON&q=Feldt')
 await page.getByRole('link', { name: 'Raisa Feldt' }).first().click()
 const card = page.locator('article.card').first()
 await expect(page.locator('aside svg circle').nth(2)).toBeVisible()
 await expect(page.locator('aside svg text', { hasText: 'Raisa Feldt' })).toBeVisible()
 await expect(page.getByRole('heading', { name: 'In time' })).toBeVisible()
 await card.getByText('Grade and note').click()
 await card.getByLabel('Reliability of the source').selectOption('B')
 await card.getByLabel('Credibility of the words').selectOption('3')
 await card.getByLabel('Note').fill('compare the April summary')
 await card.getByRole('button', { name: 'Save' }).click()
 await expect(card).toContainText('B3')
 await expect(card).toContainText('compare the April summary')
 await page.keyboard.press('u')
 await expect(card).not.toContainText('B3')
})

test('pictures of the network for other programs withhold the living', async ({ page }) => {
 await page.goto('/#/network')
 await expect(page.getByRole('button', { name: /Lyalin/u }).first()).toBeVisible()
 const svg = await file(page, () => page.getByRole('button', { name: 'SVG' }).click())
 expect(svg).toContain('<circle')
 expect(svg).toContain('Durnovtsev')
 expect(svg).toContain('stroke-dasharray')
 expect(svg).not.toContain('Lyalin')
 const gexf = await file(page, () => page.getByRole('button', { name: 'GEXF' }).click())
 expect(gexf).toContain('<gexf')
 expect(gexf).toContain('[person')
 expect(gexf).not.toContain('Lyalin')
 const png = page.waitForEvent('download')
 await page.getByRole('button', { name: 'PNG' }).click()
 expect(readFileSync(await (await png).path()).subarray(1, 4).toString()).toBe('PNG')
})

test('no name in the picture of a network lies on another', async ({ page }) => {
 await page.goto('/#/network')
 await page.goto('/#/things?type=PERSON&q=Durnovtsev')
 await page.getByRole('link', { name: 'A. M. Durnovtsev' }).first().click()
 await page.locator('aside svg text').first().waitFor()
 const over = await page.locator('aside svg').first().evaluate((svg) => {
  const boxes = [...svg.querySelectorAll('text')].map((text) => text.getBoundingClientRect())
  return boxes.filter((box, at) => boxes.some((other, i) => i < at && box.left < other.right - 1 && other.left < box.right - 1 && box.top < other.bottom - 3 && other.top < box.bottom - 3)).length
 })
 expect(over).toBe(0)
})

test('the project goes out in other formats, the living withheld', async ({ page }) => {
 await page.goto('/#/project')
 await page.getByLabel('Everything, as').selectOption('gexf')
 const gexf = await file(page, () => page.getByRole('link', { name: 'Save', exact: true }).click())
 expect(gexf).toContain('<gexf')
 expect(gexf).not.toContain('Lyalin')
 const csv = await page.request.get('/api/exports/csv')
 expect((await csv.body()).subarray(0, 2).toString()).toBe('PK')
 const backup = page.waitForEvent('download')
 await page.getByRole('link', { name: 'Save a copy' }).click()
 expect(readFileSync(await (await backup).path()).subarray(0, 6).toString()).toBe('SQLite')
})

test('a changed rule is tried on all reports before it is saved', async ({ page }) => {
 await page.goto('/#/packs')
 await page.getByLabel('File').selectOption('frames/office.toml')
 const text = page.locator('textarea[spellcheck="false"]')
 await expect(text).toHaveValue(/\[\[frame\]\]/u)
 // Without its last rules, claims are lost.
 const whole = await text.inputValue()
 await text.fill(`${whole.split('\n[[frame]]').slice(0, 2).join('\n[[frame]]')}\n`)
 await page.getByRole('button', { name: 'What it would change in all reports' }).click()
 await expect(page.getByRole('heading', { name: /^Over \d+ reports$/u })).toBeVisible({ timeout: 30_000 })
 await expect(page.getByText(/0 claims gained, [1-9]\d* lost/u)).toBeVisible()
 await expect(page.locator('.claim .lost').first()).toBeVisible()
 // The pack in the program cannot be changed: the file is one's own to keep.
 expect(await file(page, () => page.getByRole('button', { name: 'Save it as a file' }).click())).toContain('[[frame]]')
})

test('a rule of a pack of one’s own is saved where it lies, and reports that come after it are read by it', async ({ browser }) => {
 const folder = mkdtempSync(join(tmpdir(), 'svodka-pack-'))
 const pack = join(folder, 'mine')
 svodka('pack', 'new', pack)
 const own = await serve([join(reports, '1961-note.txt')], {}, ['--pack', pack])
 const page = await browser.newPage({ baseURL: own.url, locale: 'en-GB' })
 await page.goto('/#/packs')
 const choice = page.getByLabel('File')
 const file = await choice.locator('option', { hasText: /frames\/.*\.toml/u }).evaluateAll((all) => (all as HTMLOptionElement[]).find((one) => /passage|mine|own|example/u.test(one.value))?.value ?? '')
 expect(file).not.toBe('')
 await choice.selectOption(file)
 const text = page.locator('textarea[spellcheck="false"]')
 await expect(text).toHaveValue(/\[\[frame\]\]/u)
 const changed = `# Mended by hand.\n${await text.inputValue()}`
 await text.fill(changed)
 await page.getByRole('button', { name: 'Save it in the pack' }).click()
 await expect(page.locator('.notice')).toContainText(/saved/iu)
 expect(readFileSync(join(pack, file), 'utf8')).toBe(changed)
 // What is no pack any more is not saved.
 await text.fill('kind = 3\n')
 await page.getByRole('button', { name: 'Save it in the pack' }).click()
 await expect(page.locator('.wrong')).toContainText(/toml:1/u)
 expect(readFileSync(join(pack, file), 'utf8')).toBe(changed)
 await page.close()
 own.stop()
 rmSync(folder, { recursive: true })
})

test('files are dropped on the page; one that is too large is refused with what to do, before it is sent', async ({ browser }) => {
 const empty = await serve([])
 const page = await browser.newPage({ baseURL: empty.url, locale: 'en-GB' })
 await page.goto('/')
 await expect(page.getByText('No reports yet.')).toBeVisible()
 const dropped = await page.evaluateHandle((text) => {
  const carried = new DataTransfer()
  const large = new File(['x'], 'archive.zip')
  Object.defineProperty(large, 'size', { value: 301 * 1024 * 1024 })
  carried.items.add(new File([text], 'march.txt', { type: 'text/plain' }))
  const files = [large, ...carried.files]
  // Whoever drops a real file of this size has it read by the browser: here only its size is said to be so.
  Object.defineProperty(carried, 'files', { value: files })
  return carried
 }, 'On 3 March 1924 a strike broke out at the Vulkan factory.')
 await page.dispatchEvent('body', 'dragenter', { dataTransfer: dropped })
 await expect(page.locator('.drop')).toBeVisible()
 await page.dispatchEvent('body', 'drop', { dataTransfer: dropped })
 await expect(page.getByText(/archive\.zip.*300 MB/u)).toBeVisible()
 await expect(page.getByRole('link', { name: 'march.txt' }).first()).toBeVisible({ timeout: 30_000 })
 await page.close()
 empty.stop()
})

test('the page and the line of the original stand beside the words', async ({ browser }) => {
 const shared = await serve([join(reports, '1961-note.txt')])
 const page = await browser.newPage({ baseURL: shared.url, locale: 'en-GB' })
 await page.goto('/')
 const tei = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Summary of a Week</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body><pb n="12"/><p>On March 5, 1924 a strike broke out at the Vulkan factory.</p><pb n="13"/><p>Ivan Gorlov is a member of the Workers’ Bell.</p></body></text></TEI>'
 await page.locator('#add-reports').setInputFiles([{ name: 'week.xml', mimeType: 'application/xml', buffer: Buffer.from(tei) }])
 await page.getByRole('link', { name: 'week.xml' }).first().click()
 await expect(page.locator('.line', { hasText: 'p. 13' })).toBeVisible()
 const note = page.locator('.note', { hasText: 'Gorlov' }).first()
 await note.getByRole('button').first().click()
 await expect(note).toContainText('page 13')
 await page.close()
 shared.stop()
})
