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
}

export interface Net {
 nodes: { id: string; label: string; type: string; x: number; y: number; weight: number }[]
 edges: Tie[]
 leftOut: number
}

export async function network(choice: Choice & { about: string }): Promise<Net> {
 const found = await answered(GET('/api/network', { params: { query: given({ ...choice }) } }))
 return {
  nodes: found.nodes.map((node) => ({ id: String(node.thing), label: node.name, type: node.type, x: node.x, y: node.y, weight: node.claims })),
  edges: found.edges.map((tie) => ({ id: `${tie.from}-${tie.to}`, from: String(tie.from), to: String(tie.to), certainty: tie.certainty, kinds: tie.kinds, claims: tie.count })),
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
 /** Strikes and unrest by month and cause. */
 strikes: { month: string; cause: string; count: number }[]
 undated: number
}

export async function timeline(choice: Choice, limit: number): Promise<Line> {
 const strikes = choice.kind && choice.kind !== 'strike' ? undefined : answered(GET('/api/stats', { params: { query: { ...given({ from: choice.from, to: choice.to }), kind: 'strike', by: 'month,cause' } } }))
 const found = await answered(GET('/api/timeline', { params: { query: { ...given({ ...choice }), limit } } }))
 return {
  total: found.total,
  undated: found.undated,
  strikes: byMonth((await strikes)?.rows ?? []),
  entries: found.dated.map(card).flatMap((claim) => (claim.when ? [{ key: claim.key, edtf: claim.when.edtf, told: claim.told, certainty: claim.certainty, polarity: claim.polarity, href: claim.href, where: claim.where }] : [])),
 }
}

/** Of what is counted by month and cause, what has a month: an empty cause is none that is told. */
function byMonth(rows: readonly Shape['Row'][]): Line['strikes'] {
 return rows.flatMap(({ values: [month = '', cause = ''], claims }) => (/^\d{4}-\d{2}$/u.test(month) ? [{ month, cause, count: claims }] : []))
}

/** Places and workplaces of the claims that fit; those without coordinates are listed beside the map. */
export async function places(choice: Choice): Promise<Shape['Places']> {
 return answered(GET('/api/map', { params: { query: given({ ...choice }) } }))
}
