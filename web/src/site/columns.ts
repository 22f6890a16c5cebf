/** Claims chosen by columns that were written down when this was published. */
import type { Shape } from '../api/client'
import { extent } from '../time/edtf'
import { file, numbered } from './site'

interface Column {
 values: string[]
 /** Of each claim which of them, or −1. */
 claims: number[]
}

/** A list for each, in the order of time. */
export interface Columns {
 kind: Column
 certainty: Column
 status: Column
 grade: Column
 dated: number[]
 /** Days as year × 10000 + month × 100 + day. */
 first: (number | null)[]
 last: (number | null)[]
 /** Numbers of those on whose word it is. */
 said: number[][]
 things: number[][]
 /** How many claims stand in a file. */
 each: number
}

export type Chosen = Partial<Record<'kind' | 'about' | 'at' | 'said_by' | 'from' | 'to' | 'certainty' | 'status' | 'grade', string>>

const columns = (): Promise<Columns> => file('data/claims.json')

/** A day as the columns have it: the first that an EDTF value can mean, or the last. */
export function day(edtf: string, side: 'from' | 'to'): number | undefined {
 const found = extent(edtf)?.[side]
 if (found === undefined) return undefined
 // The end of an extent is the beginning of the next day.
 const date = new Date(side === 'to' ? found - 1 : found)
 return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate()
}

/** The number of a thing, given so or by its name. */
async function number(name: string): Promise<number> {
 if (/^\d+$/u.test(name)) return Number(name)
 const all = await file<Shape['Things']>('data/things.json')
 return all.things.find((thing) => thing.name.toLowerCase() === name.toLowerCase())?.number ?? -1
}

/** Which claims fit: their places in the order of time. */
export async function chosen(query: Chosen, dated = false): Promise<{ all: Columns; places: number[] }> {
 const all = await columns()
 const value = (column: Column, wanted: string | undefined) => (wanted ? column.values.indexOf(wanted) : undefined)
 const [kind, certainty, status, grade] = [value(all.kind, query.kind), value(all.certainty, query.certainty), value(all.status, query.status), value(all.grade, query.grade)]
 const [about, at] = [query.about ? await number(query.about) : undefined, query.at ? await number(query.at) : undefined]
 const said = query.said_by ? await number(query.said_by) : undefined
 const [from, to] = [query.from ? day(query.from, 'from') : undefined, query.to ? day(query.to, 'to') : undefined]
 const timed = from !== undefined || to !== undefined || dated
 const fits = (it: number): boolean =>
  (kind === undefined || all.kind.claims[it] === kind) &&
  (certainty === undefined || all.certainty.claims[it] === certainty) &&
  (status === undefined || all.status.claims[it] === status) &&
  (grade === undefined || all.grade.claims[it] === grade) &&
  (about === undefined || (all.things[it] ?? []).includes(about)) &&
  (at === undefined || (all.things[it] ?? []).includes(at)) &&
  (said === undefined || (all.said[it] ?? []).includes(said)) &&
  (!timed || all.dated[it] === 1) &&
  (from === undefined || (all.last[it] ?? Infinity) >= from) &&
  (to === undefined || (all.first[it] ?? -Infinity) <= to)
 return { all, places: all.dated.flatMap((_, it) => (fits(it) ? [it] : [])) }
}

/** The claims at these places. */
export async function claims(each: number, places: readonly number[]): Promise<Shape['Claim'][]> {
 const found: Shape['Claim'][] = []
 for (const place of places) {
  const part = await numbered<Shape['Claim'][]>('claims', Math.floor(place / each))
  const claim = part[place % each]
  if (claim) found.push(claim)
 }
 return found
}

function counted(column: Column, places: readonly number[]): Shape['Count'][] {
 const counts = new Map<string, number>()
 for (const it of places) {
  const value = column.values[column.claims[it] ?? -1]
  if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
 }
 return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
}

/** The month in which a claim can have been first. */
function month(all: Columns, it: number): string | undefined {
 const day = all.first[it] ?? all.last[it]
 if (!day) return undefined
 const text = String(Math.floor(day / 100)).padStart(6, '0')
 return `${text.slice(0, 4)}-${text.slice(4)}`
}

/** How many of each kind are of each month, and how many have no date. */
export function months(all: Columns, places: readonly number[]): { months: Shape['Month'][]; undated: number } {
 const counts = new Map<string, Shape['Month']>()
 let undated = 0
 for (const it of places) {
  if (all.dated[it] !== 1) undated += 1
  const [when, kind = ''] = [month(all, it), all.kind.values[all.kind.claims[it] ?? -1]]
  if (!when) continue
  const known = counts.get(`${when} ${kind}`) ?? { month: when, kind, count: 0 }
  counts.set(`${when} ${kind}`, { ...known, count: known.count + 1 })
 }
 return { months: [...counts.values()].sort((a, b) => a.month.localeCompare(b.month)), undated }
}

const MOST_SAID = 50

export async function facets(query: Chosen): Promise<Shape['Facets']> {
 const { all, places } = await chosen(query)
 // What is chosen of one sort does not narrow what can be chosen of it.
 const without = async (name: keyof Chosen) => (query[name] ? (await chosen({ ...query, [name]: undefined })).places : places)
 const said = new Map<number, number>()
 for (const it of places) for (const thing of all.said[it] ?? []) said.set(thing, (said.get(thing) ?? 0) + 1)
 const { things } = await file<Shape['Things']>('data/things.json')
 const names = new Map(things.map((thing) => [thing.number, thing.name]))
 const most = [...said].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST_SAID)
 return {
  kind: counted(all.kind, await without('kind')),
  certainty: counted(all.certainty, await without('certainty')),
  status: counted(all.status, await without('status')),
  grade: counted(all.grade, await without('grade')),
  said_by: most.map(([thing, count]) => ({ thing, name: names.get(thing) ?? String(thing), count })),
  ...months(all, places),
 }
}
