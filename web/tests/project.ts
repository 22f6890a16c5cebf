/** A project of constructed reports and a server of its own for each worker; what one test decides, no other worker sees. */
import { test as base, type Page } from '@playwright/test'
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
export const root = resolve(here, '../..')
export const reports = join(here, 'reports')
export const examples = join(root, 'examples')
const program = process.env.SVODKA ?? join(root, 'target/release/svodka')

export interface Served {
 url: string
 /** The project's file. */
 file: string
 /** Runs the program on the project. */
 run: (...words: string[]) => string
 /** What the server says it answers. */
 openapi: () => string
}

/** Runs the program. */
export function svodka(...words: string[]): string {
 return said(words)
}

function said(words: readonly string[], input = ''): string {
 const done = spawnSync(program, words, { encoding: 'utf8', cwd: root, input, env: { ...process.env, SVODKA_AUTHOR: 'Olga' } })
 if (done.status !== 0) throw new Error(`svodka ${words.join(' ')}: ${done.stderr}`)
 return done.stdout
}

/** What everybody who has an account in a test signs in by. */
export const PASSWORD = 'correct horse battery'

/** Begins a project with these files and serves it on a free port until the returned function is called; to those who have accounts, if any are given. */
export async function serve(files: readonly string[], accounts: Record<string, 'reader' | 'reviewer' | 'owner'> = {}, more: readonly string[] = []): Promise<Served & { stop: () => void }> {
 const folder = mkdtempSync(join(tmpdir(), 'svodka-page-'))
 const file = join(folder, 'kremnegorsk.svodka')
 svodka('init', file.replace(/\.svodka$/u, ''))
 // Beside the project, so that they are known by their names alone.
 const beside = files.map((path) => join(folder, basename(path)))
 files.forEach((path, at) => copyFileSync(path, beside[at] ?? ''))
 if (files.length > 0) svodka('add', '--project', file, ...beside)
 for (const [name, role] of Object.entries(accounts)) said(['user', 'add', name, '--role', role, '--project', file], `${PASSWORD}\n`)
 const guarded = Object.keys(accounts).length > 0 ? ['--accounts'] : []
 const server: ChildProcess = spawn(program, ['serve', file, '--port', '0', ...guarded, ...more], { stdio: ['ignore', 'pipe', 'pipe'], cwd: root, env: { ...process.env, SVODKA_AUTHOR: 'Olga' } })
 const url = await new Promise<string>((resolve, reject) => {
  let said = ''
  const listen = (chunk: Buffer) => {
   said += chunk.toString()
   const found = /http:\/\/[\w.[\]:]+/u.exec(said)
   if (found) resolve(found[0])
  }
  server.stdout?.on('data', listen)
  server.stderr?.on('data', listen)
  server.on('exit', () => reject(new Error(`svodka serve ended: ${said}`)))
  setTimeout(() => reject(new Error(`svodka serve said no address: ${said}`)), 20_000)
 })
 return {
  url,
  file,
  run: (...words) => svodka(...words, '--project', file),
  openapi: () => svodka('serve', '--openapi'),
  stop: () => {
   server.kill('SIGTERM')
   rmSync(folder, { recursive: true, force: true })
  },
 }
}

export const allReports = [...readdirSync(examples).filter((name) => name.endsWith('.txt')).map((name) => join(examples, name)), ...readdirSync(reports).map((name) => join(reports, name))]

export const test = base.extend<{ foreign: string[] }, { served: Served }>({
 served: [
  async ({}, use) => {
   const server = await serve(allReports)
   await use(server)
   server.stop()
  },
  { scope: 'worker' },
 ],
 baseURL: async ({ served }, use) => use(served.url),
 /** Whatever a test does: nothing is asked of anybody else, nothing breaks the policy of the page, nothing fails in it. */
 foreign: [
  async ({ page, served }, use) => {
   const wrong: string[] = []
   page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== served.url && protocol !== 'blob:' && protocol !== 'data:') wrong.push(`asks ${request.url()}`)
   })
   page.on('pageerror', (error) => wrong.push(error.message))
   page.on('console', (message) => {
    if (message.type() === 'error' && /Content.Security.Policy/iu.test(message.text())) wrong.push(message.text())
   })
   await use(wrong)
   if (wrong.length > 0) throw new Error(wrong.join('\n'))
  },
  { auto: true },
 ],
})

export { expect } from '@playwright/test'

/** The address of a report by a part of its title. */
export async function openReport(page: Page, title: string | RegExp): Promise<void> {
 await page.goto('/#/reports')
 await page.getByRole('link', { name: title }).click()
 await page.locator('.note').first().waitFor()
}
