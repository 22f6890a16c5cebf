/** Where words stand in the original: the page and line that a historian cites. */
import type { Words } from '../words/en'
import type { Origin } from './model'

/** The place of the original that a unit of the text comes from. */
export function originOf(origins: readonly Origin[], unit: number): Origin | undefined {
 let [low, high] = [0, origins.length]
 while (high - low > 1) {
  const middle = (low + high) >> 1
  if ((origins[middle]?.start ?? 0) <= unit) low = middle
  else high = middle
 }
 return origins[low]
}

/** In words: "page 12, line 3". `line` is that of the text, where the original has no places of its own. */
export function placeTold(origins: readonly Origin[], unit: number, line: number, words: Words['reader']): string {
 const origin = originOf(origins, unit)
 if (!origin) return words.line(line)
 const told = [
  origin.part ?? '',
  origin.page ? words.page(origin.page) : '',
  origin.line ? words.line(origin.line) : '',
  origin.paragraph ? words.paragraph(origin.paragraph) : '',
 ].filter(Boolean)
 return told.length > 0 ? told.join(', ') : words.line(line)
}

/** For the edge of the page, where there is little room: a page where one begins, else the line. */
export function placeShort(origins: readonly Origin[], unit: number, before: number | undefined, line: number, words: Words['reader']): string {
 const origin = originOf(origins, unit)
 if (!origin) return String(line)
 const last = before === undefined ? undefined : originOf(origins, before)
 if (origin.page && origin.page !== last?.page) return words.pageShort(origin.page)
 if (origin.line) return String(origin.line)
 return origin.paragraph ? `¶${origin.paragraph}` : ''
}
