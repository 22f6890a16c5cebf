/** Answers what the page asks of the server, where there is none: from files beside the page. What would change something is not asked there. */
import type { Shape } from '../api/client'
import { chosen, claims, facets, months, type Chosen } from './columns'
import { file, Missing, numbered, site } from './site'
import { search } from './words'

type Query = Record<string, string>

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const limit = (query: Query, usual: number): number => Number(query.limit ?? usual)

/** Rows by a key, as the server sorts them: `-` before it for the other way round. */
function sorted<T>(rows: readonly T[], sort: string, keys: Record<string, (row: T) => string | number>): T[] {
 const back = sort.startsWith('-')
 const key = keys[back ? sort.slice(1) : sort]
 const compare = (a: T, b: T): number => {
  const [x, y] = key ? [key(a), key(b)] : [0, 0]
  return typeof x === 'number' && typeof y === 'number' ? x - y : x < y ? -1 : x > y ? 1 : 0
 }
 const all = key ? [...rows].sort(compare) : [...rows]
 return back ? all.reverse() : all
}

const GROUPS: Record<string, readonly string[]> = { people: ['PERSON'], groups: ['ORG', 'WORKPLACE'], places: ['PLACE'], works: ['WORK'], events: ['EVENT'] }

async function reports(query: Query): Promise<Shape['Reports']> {
 const all = await file<Shape['Reports']>('data/reports.json')
 const wanted = folded(query.filter ?? '').trim()
 const rows = all.reports.filter((row) => folded(`${row.label}\n${row.title}\n${row.date}`).includes(wanted))
 const keys = { title: (row: Shape['ReportInfo']) => folded(row.title || row.label), date: (row: Shape['ReportInfo']) => row.date || '￿', claims: (row: Shape['ReportInfo']) => row.claims, label: (row: Shape['ReportInfo']) => row.label }
 return { total: rows.length, reports: sorted(rows, query.sort ?? '', keys).slice(0, limit(query, 100)) }
}

async function things(query: Query): Promise<Shape['Things']> {
 const all = await file<Shape['Things']>('data/things.json')
 const wanted = folded(query.q ?? '').trim()
 const kinds = query.kind ? (GROUPS[query.kind] ?? [query.kind]) : undefined
 const rows = all.things.filter((row) => (!kinds || kinds.includes(row.type)) && folded(row.name).includes(wanted))
 const sort = query.sort ?? '-reports'
 const keys = { mentions: (row: Shape['Thing']) => row.mentions, name: (row: Shape['Thing']) => folded(row.name), type: (row: Shape['Thing']) => row.type }
 // They stand in the order of the reports that name them, those of most first.
 const list = sort === '-reports' ? rows : sort === 'reports' ? [...rows].reverse() : sorted(rows, sort, keys)
 return { total: rows.length, things: list.slice(0, limit(query, 100)) }
}

async function dossier(number: number, query: Query): Promise<Shape['Dossier']> {
 const whole = await numbered<Shape['Dossier']>('thing', number)
 return { ...whole, claims: whole.claims.slice(0, limit(query, 200)) }
}

async function listed(query: Query): Promise<Shape['Claims']> {
 const { all, places } = await chosen(query as Chosen)
 return { total: places.length, claims: await claims(all.each, places.slice(0, limit(query, 50))), seen: 0 }
}

async function timeline(query: Query): Promise<Shape['Timeline']> {
 const { all, places } = await chosen(query as Chosen)
 const dated = places.filter((it) => all.dated[it] === 1)
 return { total: dated.length, dated: await claims(all.each, dated.slice(0, limit(query, 50))), ...months(all, places) }
}

async function contradictions(query: Query): Promise<Shape['Contradictions']> {
 const all = await file<Shape['Contradictions']>('data/contradictions.json')
 const about = Number(query.about)
 const has = (side: Shape['Opposed']) => side.claim.roles.some((role) => role.fillers.some((filler) => filler.thing === about))
 const list = all.contradictions.filter((one) => (!query.kind || one.kind === query.kind) && (!query.about || one.sides.some(has)))
 const narrowed = query.kind || query.about
 return { ...all, total: narrowed ? list.length : all.total, reachable: list.length, contradictions: list.slice(0, limit(query, 20)) }
}

/** Whether a month can be of what is asked for. */
function within(month: string, query: Query): boolean {
 return (!query.from || month >= query.from.slice(0, 7) || month.startsWith(query.from)) && (!query.to || month <= query.to.slice(0, 7) || month.startsWith(query.to))
}

/** Who is tied to whom. Of one thing: by its own claims, in a circle; else as it was drawn, with the months that are asked for. */
async function network(query: Query): Promise<Shape['Network']> {
 if (query.about) return around(Number(query.about))
 const drawn = await file<Shape['Network']>(`data/network/${query.kind ? `of-${query.kind}` : 'all'}.json`).catch(none<Shape['Network']>({ nodes: [], edges: [], left_out: 0 }))
 if (!query.from && !query.to) return drawn
 const edges = drawn.edges.flatMap((edge) => {
  const kept = Object.fromEntries(Object.entries(edge.months).filter(([month]) => within(month, query)))
  const count = Object.values(kept).reduce((sum, each) => sum + each, 0)
  return count > 0 ? [{ ...edge, months: kept, count }] : []
 })
 const tied = new Set(edges.flatMap((edge) => [edge.from, edge.to]))
 return { ...drawn, edges, nodes: drawn.nodes.filter((node) => tied.has(node.thing)) }
}

/** A claim that names more than so many ties nobody, and not more are drawn around one. */
const MOST_TIED = 8
const AROUND = 60
const SURE = ['asserted', 'probable', 'possible', 'unestablished']

async function around(number: number): Promise<Shape['Network']> {
 const whole = await numbered<Shape['Dossier']>('thing', number)
 const called = new Map(whole.company.map((other) => [other.number, other]))
 const ties = new Map<string, Shape['Tie']>()
 const weights = new Map<number, number>()
 for (const claim of whole.claims) {
  const named = [...new Set(claim.roles.flatMap((role) => role.fillers.flatMap((filler) => (typeof filler.thing === 'number' ? [filler.thing] : []))))].sort((a, b) => a - b)
  const month = /^\d{4}-\d{2}/u.exec(claim.when?.edtf ?? '')?.[0]
  if (named.length > MOST_TIED) continue
  for (const it of named) weights.set(it, (weights.get(it) ?? 0) + 1)
  for (const [at, from] of named.entries()) {
   for (const to of named.slice(at + 1)) {
    const known = ties.get(`${from}-${to}`) ?? { from, to, certainty: claim.certainty as Shape['Tie']['certainty'], kinds: [], count: 0, months: {}, claims: [] }
    if (SURE.indexOf(claim.certainty) < SURE.indexOf(known.certainty)) known.certainty = claim.certainty as Shape['Tie']['certainty']
    if (!known.kinds.includes(claim.kind)) known.kinds.push(claim.kind)
    if (month) known.months[month] = (known.months[month] ?? 0) + 1
    known.count += 1
    known.claims.push(claim.key)
    ties.set(`${from}-${to}`, known)
   }
  }
 }
 const others = [...weights].filter(([it]) => it !== number && called.has(it)).sort((a, b) => b[1] - a[1] || a[0] - b[0])
 const shown = others.slice(0, AROUND)
 const kept = new Set([number, ...shown.map(([it]) => it)])
 const circle = shown.map(([it, claims], at) => {
  const angle = (2 * Math.PI * at) / shown.length
  const other = called.get(it)
  return { thing: it, type: (other?.type ?? '') as Shape['Node']['type'], name: other?.name ?? '', x: Math.cos(angle), y: Math.sin(angle), claims }
 })
 const centre = { thing: number, type: whole.type as Shape['Node']['type'], name: whole.name, x: 0, y: 0, claims: weights.get(number) ?? 0 }
 return { nodes: shown.length > 0 ? [centre, ...circle] : [], edges: [...ties.values()].filter((tie) => kept.has(tie.from) && kept.has(tie.to)), left_out: others.length - shown.length }
}

/** Places as they were found, with the months that are asked for. */
async function map(query: Query): Promise<Shape['Places']> {
 const all = await file<Shape['Places']>(`data/map/${query.kind ? `of-${query.kind}` : 'all'}.json`).catch(none<Shape['Places']>({ spots: [], unplaced: [] }))
 if (!query.from && !query.to) return all
 const narrowed = <S extends Shape['Spot']>(spot: S): S[] => {
  const kept = spot.months.filter(({ month }) => within(month, query))
  const count = kept.reduce((sum, each) => sum + each.count, 0)
  return count > 0 ? [{ ...spot, months: kept, claims: count, undated: 0 }] : []
 }
 return { spots: all.spots.flatMap((spot) => narrowed(spot).map((kept) => ({ ...kept, workplaces: kept.workplaces.flatMap(narrowed) }))), unplaced: all.unplaced.flatMap(narrowed) }
}

/** Strikes by month and cause: all else is not counted here. */
async function stats(query: Query): Promise<Shape['Stats']> {
 const all = await file<Shape['Stats']>('data/strikes.json')
 return { ...all, rows: all.rows.filter((row) => within(row.values[0] ?? '', query)) }
}

async function formats(): Promise<Shape['FormatInfo'][]> {
 return (await site()).exports
}

function none<T>(empty: T): (error: unknown) => T {
 return (error) => {
  if (error instanceof Missing) return empty
  throw error
 }
}

const ANSWERS: readonly [RegExp, (query: Query, number: number) => Promise<unknown>][] = [
 [/^\/api\/project$/u, () => file('data/project.json')],
 [/^\/api\/reports$/u, reports],
 [/^\/api\/reports\/(\d+)$/u, (_, number) => numbered('report', number)],
 [/^\/api\/things$/u, things],
 [/^\/api\/things\/(\d+)$/u, (query, number) => dossier(number, query)],
 [/^\/api\/claims$/u, listed],
 [/^\/api\/claims\/facets$/u, (query) => facets(query as Chosen)],
 [/^\/api\/search$/u, (query) => search(query.q ?? '')],
 [/^\/api\/contradictions$/u, contradictions],
 [/^\/api\/network$/u, network],
 [/^\/api\/timeline$/u, timeline],
 [/^\/api\/map$/u, map],
 [/^\/api\/stats$/u, stats],
 [/^\/api\/exports$/u, formats],
]

/** What the server would answer. */
export async function answer(request: Request): Promise<Response> {
 const { pathname, searchParams } = new URL(request.url)
 const query = Object.fromEntries(searchParams)
 for (const [path, made] of request.method === 'GET' ? ANSWERS : []) {
  const found = path.exec(pathname)
  if (!found) continue
  try {
   return Response.json(await made(query, Number(found[1])))
  } catch (error) {
   if (error instanceof Missing) return Response.json({ code: 'unknown', what: 'this is not in the publication', remedy: '' }, { status: 404 })
   throw error
  }
 }
 return Response.json({ code: 'published', what: 'a publication can only be read', remedy: '' }, { status: 403 })
}
