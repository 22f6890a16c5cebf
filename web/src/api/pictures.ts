/** Claims as pictures: who is tied to whom, and what was when. */
import type { Entry } from '../time/Bars.svelte'
import type { Card } from '../parts/ClaimCard.svelte'
import { answered, GET, given, type Shape } from './client'
import { card } from './card'

export interface Choice {
 kind: string
 from: string
 to: string
}

export interface Tie {
 id: string
 from: string
 to: string
 certainty: string
 kinds: string[]
 claims: number
 /** How many of them are of each month; the others have no date of their own. */
 months: Record<string, number>
}

export interface Net {
 nodes: { id: string; label: string; type: string; x: number; y: number; weight: number }[]
 edges: Tie[]
 leftOut: number
}

/** `shielded` for what leaves the machine: people who may be alive are withheld in it, and stand where they stand. */
export async function network(choice: Choice & { about: string }, shielded = false): Promise<Net> {
 const found = await answered(GET('/api/network', { params: { query: { ...given({ ...choice }), ...(shielded ? { shielded } : {}) } } }))
 return {
  nodes: found.nodes.map((node) => ({ id: String(node.thing), label: node.name, type: node.type, x: node.x, y: node.y, weight: node.claims })),
  edges: found.edges.map((tie) => ({ id: `${tie.from}-${tie.to}`, from: String(tie.from), to: String(tie.to), certainty: tie.certainty, kinds: tie.kinds, claims: tie.count, months: tie.months })),
  leftOut: found.left_out,
 }
}

/** The claims that two names stand in together. */
export async function tie(tie: Tie, choice: Choice): Promise<Card[]> {
 const found = await answered(GET('/api/claims', { params: { query: given({ ...choice, about: tie.from, at: tie.to }) } }))
 return found.claims.map(card)
}

export interface Line {
 total: number
 entries: Entry[]
 undated: number
}

export async function timeline(choice: Choice, limit: number): Promise<Line> {
 const found = await answered(GET('/api/timeline', { params: { query: { ...given({ ...choice }), limit } } }))
 return {
  total: found.total,
  undated: found.undated,
  entries: found.dated.map(card).flatMap((claim) => (claim.when ? [{ key: claim.key, edtf: claim.when.edtf, told: claim.told, certainty: claim.certainty, polarity: claim.polarity, href: claim.href, where: claim.where }] : [])),
 }
}

/** How many in a month, of a cause. */
export interface Counted {
 month: string
 cause: string
 count: number
}

/** Strikes and unrest by month and cause, where strikes are among what is chosen. In a large project it takes longer than the claims themselves. */
export async function strikes(choice: Choice): Promise<Counted[]> {
 if (choice.kind && choice.kind !== 'strike') return []
 const found = await answered(GET('/api/stats', { params: { query: { ...given({ from: choice.from, to: choice.to }), kind: 'strike', by: 'month,cause' } } }))
 return byMonth(found.rows)
}

/** Of what is counted by month and cause, what has a month: an empty cause is none that is told. */
function byMonth(rows: readonly Shape['Row'][]): Counted[] {
 return rows.flatMap(({ values: [month = '', cause = ''], claims }) => (/^\d{4}-\d{2}$/u.test(month) ? [{ month, cause, count: claims }] : []))
}

/** Places and workplaces of the claims that fit; those without coordinates are listed beside the map. */
export async function places(choice: Choice): Promise<Shape['Places']> {
 return answered(GET('/api/map', { params: { query: given({ ...choice }) } }))
}

/** The ties by month, for a slider. */
export function monthsOf(net: Net): string[] {
 return [...new Set(net.edges.flatMap((edge) => Object.keys(edge.months)))].sort()
}

/** What was claimed until a month; what has no date of its own is left out. Everything if no month is given. */
export function until(net: Net, month: string): Net {
 if (!month) return net
 const edges = net.edges.flatMap((edge) => {
  const months = Object.fromEntries(Object.entries(edge.months).filter(([each]) => each <= month))
  const claims = Object.values(months).reduce((sum, count) => sum + count, 0)
  return claims > 0 ? [{ ...edge, months, claims }] : []
 })
 const named = new Set(edges.flatMap((edge) => [edge.from, edge.to]))
 return { ...net, edges, nodes: net.nodes.filter((node) => named.has(node.id)) }
}
