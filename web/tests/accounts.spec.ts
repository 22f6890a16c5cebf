/** A project that several share: who may what, and two who judge the same claim. */
import type { Browser, Page } from '@playwright/test'
import { expect, openReport, PASSWORD, reports, serve, test } from './project'
import { join } from 'node:path'

type Shared = Awaited<ReturnType<typeof serve>>
let shared: Shared

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
 shared = await serve([join(reports, '1924-04-second-summary.txt'), join(reports, '1961-note.txt')], { Olga: 'owner', Vera: 'reviewer', Boris: 'reviewer', Rita: 'reader' })
})
test.afterAll(() => shared.stop())

async function signedIn(browser: Browser, name: string): Promise<Page> {
 const page = await (await browser.newContext({ baseURL: shared.url, locale: 'en-GB' })).newPage()
 await page.goto('/')
 await page.getByLabel('User').fill(name)
 await page.getByLabel('Password').fill(PASSWORD)
 await page.keyboard.press('Enter')
 await expect(page.getByRole('heading', { level: 1, name: 'Reports' })).toBeVisible()
 return page
}

test('nobody reads anything without signing in, and a wrong password is told', async ({ browser }) => {
 const page = await (await browser.newContext({ baseURL: shared.url, locale: 'en-GB' })).newPage()
 await page.goto('/#/reports/1')
 await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
 await expect(page.locator('.leaf')).toHaveCount(0)
 await page.getByLabel('User').fill('Vera')
 await page.getByLabel('Password').fill('something else')
 await page.getByRole('button', { name: 'Sign in' }).click()
 await expect(page.getByRole('alert')).toContainText('name or password is wrong')
 await page.context().close()
})

test('a reader reads and cannot decide; names of those who may be alive are withheld', async ({ browser }) => {
 const page = await signedIn(browser, 'Rita')
 await expect(page.getByText('Add reports …')).toHaveCount(0)
 await openReport(page, /Workers’ Bell/u)
 await page.keyboard.press('j')
 const open = page.locator('.note.open')
 await expect(open.getByRole('button', { name: 'Why?' })).toBeVisible()
 await expect(open.getByRole('button', { name: 'Accept' })).toHaveCount(0)
 await page.keyboard.press('a')
 await page.keyboard.press('e')
 await page.keyboard.press('c')
 await expect(page.getByRole('dialog')).toHaveCount(0)
 await expect(open).not.toContainText('accepted')
 await page.goto('/#/review')
 await expect(page.locator('ol > li').first()).toBeVisible()
 await expect(page.getByRole('button', { name: /Accept/u })).toHaveCount(0)
 await page.goto('/#/reports')
 await page.getByRole('link', { name: /May 14, 1961/u }).click()
 await expect(page.locator('.leaf')).toContainText('[person')
 await expect(page.locator('.leaf')).not.toContainText('Lyalin')
 await page.getByRole('button', { name: /Sign out/u }).click()
 await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
 await page.context().close()
})

test('of two reviewers on one claim the second is told what the first decided, and asked', async ({ browser }) => {
 const [vera, boris] = [await signedIn(browser, 'Vera'), await signedIn(browser, 'Boris')]
 for (const page of [vera, boris]) {
  await openReport(page, /Workers’ Bell/u)
  await page.locator('.note').nth(1).getByRole('button').first().click()
 }
 await vera.keyboard.press('r')
 await expect(vera.locator('.note.open')).toContainText('rejected')
 await boris.keyboard.press('a')
 await expect(boris.getByText('Somebody decided on this claim after you opened it. Vera: reject')).toBeVisible()
 await expect(boris.locator('.note.open')).toContainText('rejected')
 await boris.getByRole('button', { name: 'Use mine after all' }).click()
 await expect(boris.locator('.note.open')).toContainText('accepted')
 // The first is told that something has changed, and a reviewer takes back only what is their own.
 await expect(vera.getByText('Somebody else changed this project.')).toBeVisible()
 await vera.goto('/#/project')
 await vera.locator('tr', { hasText: 'Boris' }).first().getByRole('button').click()
 await expect(vera.getByText('a reviewer takes back their own judgements alone')).toBeVisible()
 for (const page of [vera, boris]) await page.context().close()
})
