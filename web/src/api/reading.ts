/** A report with its claims as the reader shows it, and decisions on them. */
import { Points } from '../reader/points'
import type { Correction } from '../reader/correction'
import type { Item, Reading } from '../reader/model'
import { answered, GET, POST, Refused, type Shape } from './client'

/** Somebody decided on the claim meanwhile; nothing was kept. */
export class Conflict extends Error {
 constructor(
  told: string,
  /** Keeps this reader's judgement all the same. */
  readonly again: () => Promise<number>,
 ) {
  super(told)
 }
}

export async function reading(id: string): Promise<Reading> {
 const report = await answered(GET('/api/reports/{id}', { params: { path: { id: Number(id) } } }))
 const points = new Points(report.text)
 const line = lines(report.text)
 return {
  id,
  title: report.title,
  date: report.date,
  language: report.language,
  source: report.label,
  compiler: report.compiler,
  addressee: report.addressee,
  text: report.text,
  seen: report.seen,
  headings: report.sections.map((section) => ({ heading: section.heading, level: section.level, start: points.unit(section.start) })),
  origins: report.origins.map(({ start, part, page, line, paragraph }) => ({ start: points.unit(start), part: part ?? undefined, page: page ?? undefined, line: line ?? undefined, paragraph: paragraph ?? undefined })),
  mentions: report.mentions.map((mention) => ({
   text: mention.text,
   type: mention.type,
   name: mention.name ?? mention.text,
   thing: mention.thing ?? undefined,
   edtf: mention.edtf ?? undefined,
   start: points.unit(mention.start),
   end: points.unit(mention.end),
  })),
  items: report.claims.map((claim, at) => item(claim, at + 1, points, line)),
 }
}

function item(claim: Shape['Claim'], number: number, points: Points, line: (unit: number) => number): Item {
 const start = points.unit(claim.start)
 const note = claim.decisions.filter((decision) => decision.verdict === 'note').at(-1)
 return {
  key: claim.key,
  number,
  kind: claim.kind,
  certainty: claim.certainty,
  polarity: claim.polarity,
  sentence: claim.said,
  when: claim.when ?? undefined,
  sources: claim.sources.map((text) => ({ text })),
  roles: claim.roles.map(({ role, fillers }) => [role, fillers.map(({ text, thing }) => ({ text, thing: thing ?? undefined }))]),
  fields: claim.fields.map(({ field, value }) => [field, value]),
  evidence: { start, end: points.unit(claim.end), text: claim.quote },
  line: line(start),
  frame: claim.rule,
  review: claim.status,
  read: claim.read ?? undefined,
  grade: claim.grade ?? undefined,
  note: note?.value,
  by: note?.author,
 }
}

/** On which line of a text a unit stands. */
function lines(text: string): (unit: number) => number {
 const starts = [0, ...[...text.matchAll(/\n/gu)].map((found) => found.index + 1)]
 return (unit) => {
  let [low, high] = [0, starts.length]
  while (high - low > 1) {
   const middle = (low + high) >> 1
   if ((starts[middle] ?? 0) <= unit) low = middle
   else high = middle
  }
  return low + 1
 }
}

async function decide(body: Shape['Decide']): Promise<number> {
 try {
  return (await answered(POST('/api/decisions', { body }))).operation
 } catch (problem) {
  if (!(problem instanceof Refused) || problem.status !== 409) throw problem
  const told = (problem.wrong.decisions ?? []).map((decision) => `${decision.author}: ${decision.verdict}`).join('; ')
  throw new Conflict(told || problem.message, () => decide({ ...body, seen: null }))
 }
}

export const judge = (reading: Reading, item: Item, verdict: 'accept' | 'reject') => decide({ claim: item.key, verdict, value: '', reason: '', seen: reading.seen })
export const correct = (reading: Reading, item: Item, correction: Correction, reason: string) => decide({ claim: item.key, verdict: 'correct', value: '', correction: { ...correction } as Shape['Decide']['correction'] & object, reason, seen: reading.seen })

/** The reader's own word beside a claim: a grade (Admiralty) or a remark. Neither judges it, so nobody's judgement is in the way. */
export const noteDown = (claim: string, verdict: 'grade' | 'note', value: string) => decide({ claim, verdict, value, reason: '', seen: null })

/** What is put into a report by hand, at words of its text. */
export type Put =
 | { what: 'name'; type: string; name: string }
 | { what: 'no-name' }
 | { what: 'claim'; kind: string; says: { roles: Record<string, string[]>; fields: Record<string, string>; when?: string; polarity: string; certainty: string }; sources: string[] }

/** Puts it in; gives the entry of the log. `start` and `end` in units. */
export async function putByHand(reading: Reading, start: number, end: number, put: Put): Promise<number> {
 const points = new Points(reading.text)
 const body = { start: points.point(start), end: points.point(end), quote: reading.text.slice(start, end), put: put as unknown as Record<string, never> }
 return (await answered(POST('/api/reports/{id}/by-hand', { params: { path: { id: Number(reading.id) } }, body }))).operation
}

/** How the sentences of a claim were read, and what came of its rule. */
export async function explain(report: string, claim: string): Promise<Shape['Explained']> {
 return answered(GET('/api/explain', { params: { query: { report: Number(report), claim } } }))
}
