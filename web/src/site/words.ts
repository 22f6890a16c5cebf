/** Search over the words that were written down when this was published, as the server's search has it: all words, "phrases", beginnings*, -unwanted. */
import type { Shape } from '../api/client'
import { file, numbered, site } from './site'

/** Without case and accents, in words. The program's `publish/words.rs` does the same. */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const WORD = /[\p{Alphabetic}\p{N}]+/gu

/** How many letters of a word say in which file it is, and how many hits are shown. */
const LETTERS = 2
const HITS = 50
const AROUND = 90

interface Term {
 words: string[]
 /** Whether the last word may go on. */
 open: boolean
 unwanted: boolean
}

export function terms(query: string): Term[] {
 const found = [...query.matchAll(/(-?)(?:"([^"]*)"?|([^\s"]+))/gu)]
 return found.flatMap(([, minus = '', phrase, word]) => {
  const text = phrase ?? word ?? ''
  const words = folded(text).match(WORD) ?? []
  // A hyphen within is none before.
  return words.length === 0 ? [] : [{ words: [...words], open: phrase === undefined && text.endsWith('*'), unwanted: minus === '-' }]
 })
}

/** How often a word, or what it begins, stands in each report. */
async function standing(word: string, open: boolean): Promise<Map<number, number>> {
 const letters = [...word].slice(0, LETTERS).join('')
 const known = (await site()).words.filter((each) => (open ? each.startsWith(letters) : each === letters))
 const all = new Map<number, number>()
 for (const each of known) {
  const name = [...each].map((letter) => letter.codePointAt(0)?.toString(16)).join('-')
  const words = await file<Record<string, number[]>>(`data/words/${name}.json`)
  for (const [key, flat] of Object.entries(words)) {
   if (!(open ? key.startsWith(word) : key === word)) continue
   for (let at = 0; at + 1 < flat.length; at += 2) all.set(flat[at] ?? 0, (all.get(flat[at] ?? 0) ?? 0) + (flat[at + 1] ?? 0))
  }
 }
 return all
}

async function reports(term: Term): Promise<Map<number, number>> {
 const each = await Promise.all(term.words.map((word, at) => standing(word, term.open && at === term.words.length - 1)))
 const [first = new Map<number, number>(), ...rest] = each
 return new Map([...first].filter(([report]) => rest.every((other) => other.has(report))).map(([report, times]) => [report, rest.reduce((sum, other) => Math.min(sum, other.get(report) ?? 0), times)]))
}

/** Where a term stands in a text: from unit to unit. */
export function places(text: string, term: Term): [number, number][] {
 const words = [...text.matchAll(/[\p{Alphabetic}\p{N}\p{M}]+/gu)].map((found) => ({ start: found.index, end: found.index + found[0].length, word: folded(found[0]) }))
 const fits = (at: number) => term.words.every((word, next) => (term.open && next === term.words.length - 1 ? words[at + next]?.word.startsWith(word) : words[at + next]?.word === word))
 return words.flatMap(({ start }, at) => (fits(at) ? [[start, words[at + term.words.length - 1]?.end ?? start] as [number, number]] : []))
}

/** Words around the first place, with all places in them marked. */
export function snippet(text: string, marks: readonly [number, number][]): Shape['Piece'][] {
 const [first] = marks
 if (!first) return []
 const from = Math.max(0, text.lastIndexOf(' ', Math.max(0, first[0] - AROUND)) + 1)
 const space = text.indexOf(' ', first[1] + AROUND)
 const to = space < 0 ? text.length : space
 const pieces: Shape['Piece'][] = []
 let at = from
 const piece = (start: number, end: number, marked: boolean): void => {
  if (end > start) pieces.push({ text: text.slice(start, end).replace(/\s+/gu, ' '), marked })
 }
 for (const [start, end] of marks) {
  if (start < at || end > to) continue
  piece(at, start, false)
  piece(start, end, true)
  at = end
 }
 piece(at, to, false)
 return pieces
}

export async function search(query: string): Promise<Shape['Found']> {
 const all = terms(query)
 const wanted = all.filter((term) => !term.unwanted)
 if (wanted.length === 0) return { total: 0, hits: [] }
 const each = await Promise.all(wanted.map(reports))
 const [first = new Map<number, number>(), ...rest] = each
 let found = [...first].filter(([report]) => rest.every((other) => other.has(report))).map(([report, times]) => ({ report, times: rest.reduce((sum, other) => sum + (other.get(report) ?? 0), times) }))
 for (const term of all.filter((term) => term.unwanted && term.words.length === 1)) {
  const without = await reports(term)
  found = found.filter(({ report }) => !without.has(report))
 }
 found.sort((a, b) => b.times - a.times || a.report - b.report)
 const hits: Shape['Hit'][] = []
 let total = found.length
 const phrases = all.filter((term) => term.words.length > 1)
 for (const { report } of found) {
  if (hits.length === HITS) break
  const told = await numbered<Shape['Report']>('report', report)
  // Words of a phrase may stand apart.
  const whole = phrases.every((term) => places(told.text, term).length > 0 !== term.unwanted)
  if (!whole) {
   total -= 1
   continue
  }
  const marks = wanted.flatMap((term) => places(told.text, term)).sort((a, b) => a[0] - b[0])
  hits.push({ report, title: told.title, date: told.date, label: told.label, snippet: snippet(told.text, marks) })
 }
 return { total, hits }
}
