/**
 * How fast the page is over a large project, in a browser: `make page-bench PROJECT=FILE`. It works on a copy, asks nobody but its own server and
 * stops by itself after some minutes. What must hold (issue 6) is held against the figures at the end.
 */
import { chromium } from '@playwright/test'
import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const program = process.env.SVODKA ?? join(root, 'target/release/svodka')
const [project] = process.argv.slice(2)
if (!project) throw new Error('which project?')
const folder = mkdtempSync(join(tmpdir(), 'svodka-bench-'))
const servers = []
let browser

async function serve(file) {
 const server = spawn(program, ['serve', file, '--port', '0', '--author', 'bench'], { stdio: ['ignore', 'pipe', 'inherit'], cwd: root })
 servers.push(server)
 return await new Promise((resolve, reject) => {
  let said = ''
  server.stdout.on('data', (chunk) => {
   said += chunk
   const found = /http:\/\/[\w.[\]:]+/u.exec(said)
   if (found) resolve(found[0])
  })
  server.on('exit', () => reject(new Error(said)))
 })
}

/** Counts what the page asks and how long its thread is held, from the beginning. */
function watch() {
 const ask = window.fetch
 window.__pending = 0
 window.__asked = 0
 window.fetch = (...words) => {
  window.__pending += 1
  window.__asked += 1
  // What is said is read after it is there.
  return ask(...words).finally(() => setTimeout(() => (window.__pending -= 1), 0))
 }
 window.__long = []
 new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.__long.push([Math.round(entry.startTime), Math.round(entry.duration)])
 }).observe({ type: 'longtask', buffered: true })
}

/** Goes to an address; milliseconds until what was asked stands on the screen. */
async function go(page, address) {
 return await page.evaluate(async (address) => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const asked = window.__asked
  const began = performance.now()
  location.hash = address
  const late = began + 60_000
  while ((window.__asked === asked || window.__pending > 0) && performance.now() < late) await new Promise((resolve) => setTimeout(resolve, 1))
  await frame()
  await frame()
  return performance.now() - began
 }, address)
}

function told(name, times, most) {
 times.sort((a, b) => a - b)
 const at = (part) => times[Math.round((times.length - 1) * part)] ?? NaN
 const held = most === undefined ? '' : at(0.95) <= most ? `  at most ${most}: held` : `  at most ${most}: MISSED`
 console.log(`${name.padEnd(34)} ${String(times.length).padStart(4)} ${at(0.5).toFixed(0).padStart(7)} ${at(0.95).toFixed(0).padStart(7)} ${at(1).toFixed(0).padStart(7)}${held}`)
}

try {
 const copy = join(folder, 'p.svodka')
 copyFileSync(project, copy)
 console.log(`${cpus().length} cores; ms      asked     p50     p95    most`)
 browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--use-angle=swiftshader'] })
 const first = []
 const began = performance.now()
 const url = await serve(copy)
 console.log(`server started in ${(performance.now() - began).toFixed(0)} ms`)
 const open = async (baseURL) => {
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 860 }, locale: 'en-GB' })
  const page = await context.newPage()
  await page.addInitScript(watch)
  return page
 }
 for (let round = 0; round < 5; round += 1) {
  const page = await open(url)
  const from = performance.now()
  await page.goto('/')
  await page.locator('tbody tr').first().waitFor()
  first.push(performance.now() - from)
  await page.context().close()
 }
 console.log(`first view, the server just begun  ${first[0]?.toFixed(0)} ms`)
 told('first view, nothing kept before', first, 1000)

 const page = await open(url)
 await page.goto('/')
 await page.locator('tbody tr').first().waitFor()
 const ask = async (path) => await page.evaluate(async (path) => await (await fetch(path)).json(), path)
 const people = (await ask('/api/things?kind=people&limit=200')).things
 const kinds = (await ask('/api/claims/facets')).kind.map((kind) => kind.value)
 const name = (at) => people[(at * 37) % people.length]
 const last = (at) => encodeURIComponent(name(at).name.split(' ').at(-1))
 const year = (at) => 1905 + ((at * 7) % 30)
 const kind = (at) => kinds[at % kinds.length]
 const lists = {
  'reports, sorted': (at) => `#/reports?by=${['-date', 'title', '-claims', 'label', 'date'][at % 5]}&q=${at % 10}`,
  'reports by letters': (at) => `#/reports?q=${year(at)}-0${1 + (at % 9)}`,
  'index by letters': (at) => `#/things?q=${last(at)}`,
  'index of a type': (at) => `#/things?type=${['PERSON', 'ORG', 'WORKPLACE', 'PLACE'][at % 4]}&by=${['name', '-mentions', '-reports'][at % 3]}&q=${'aeiou'[at % 5]}`,
  'claims of a kind': (at) => `#/claims?kind=${kind(at)}&from=${year(at)}`,
  'claims about somebody': (at) => `#/claims?about=${name(at).number}`,
  'claims of a month': (at) => `#/claims?from=${year(at)}-0${1 + (at % 9)}&to=${year(at)}-0${1 + (at % 9)}`,
  search: (at) => `#/search?q=${last(at)}`,
  'search of a phrase': (at) => `#/search?q=${encodeURIComponent(`"${name(at).name}"`)}`,
 }
 const all = []
 for (const [sort, address] of Object.entries(lists)) {
  await go(page, address(0))
  const times = []
  for (let at = 1; at <= 20; at += 1) times.push(await go(page, address(at)))
  all.push(...times)
  told(sort, times)
 }
 told('any list or search', all, 100)
 const others = { 'a dossier': (at) => `#/things/${name(at).number}`, 'a report of the project': (at) => `#/reports/${1 + at * 31}`, review: (at) => (at % 2 ? '#/review' : '#/search?q=x'), 'timeline of a kind': (at) => `#/timeline?kind=${kind(at)}&from=${year(at)}` }
 for (const [sort, address] of Object.entries(others)) {
  const times = []
  for (let at = 1; at <= 10; at += 1) times.push(await go(page, address(at)))
  told(sort, times)
 }

 // The network: how long the page's thread is held at once.
 for (const [sort, address] of [['network, first', '#/network'], ['network of another time', '#/network?from=1910']]) {
  await page.evaluate(() => (window.__long = []))
  const time = await go(page, address)
  await page.waitForTimeout(4000)
  const seen = await page.evaluate(() => ({ long: window.__long, lead: document.querySelector('.view header p')?.textContent }))
  const longest = Math.max(0, ...seen.long.map(([, length]) => length))
  console.log(`${sort}: ${seen.lead}; shown after ${time.toFixed(0)} ms; longest task ${longest} ms (at most 200: ${longest <= 200 ? 'held' : 'MISSED'}); ${JSON.stringify(seen.long)}`)
 }
 await page.context().close()

 // A report of 7,200 words, made of the examples.
 const examples = join(root, 'examples')
 const words = readdirSync(examples).filter((file) => file.endsWith('.txt')).map((file) => readFileSync(join(examples, file), 'utf8')).join('\n\n')
 let text = ''
 for (let part = 1; text.split(/\s+/u).length < 7200; part += 1) text += `PART ${part}\n\n${words}\n\n`
 text = text.split(/(?<=\s)/u).slice(0, 7200).join('')
 const long = join(folder, 'long.txt')
 writeFileSync(long, text)
 const other = join(folder, 'long.svodka')
 for (const call of [['init', other.replace(/\.svodka$/u, '')], ['add', '--project', other, long]]) {
  const done = spawnSync(program, call, { cwd: root, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr)
 }
 const reader = await open(await serve(other))
 await reader.goto('/')
 await reader.locator('tbody tr').first().waitFor()
 await go(reader, '#/things')
 const times = []
 let notes = 0
 for (let round = 0; round < 6; round += 1) {
  times.push(await go(reader, '#/reports/1'))
  notes = await reader.locator('.note').count()
  await go(reader, `#/things?q=${round}`)
 }
 console.log(`a report of 7,200 words with ${notes} claims: the first time ${times[0]?.toFixed(0)} ms`)
 told('a report of 7,200 words', times, 500)
} finally {
 await browser?.close()
 for (const server of servers) server.kill('SIGKILL')
 rmSync(folder, { recursive: true, force: true })
}
