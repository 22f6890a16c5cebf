/** What reports say of the same: where they cannot both be right, and on how many witnesses a claim stands. */
import type { Card } from '../parts/ClaimCard.svelte'
import { answered, GET, type Shape } from './client'
import { card } from './card'

export interface Side {
 card: Card
 support: Shape['Support']
}

export interface Opposition {
 key: string
 kind: string
 why: string
 sides: Side[]
}

/** The clearest first; `reachable` is how many of `total` can be looked through. */
export async function contradictions(query: { kind?: string; about?: string }, limit: number): Promise<{ total: number; reachable: number; list: Opposition[] }> {
 const found = await answered(GET('/api/contradictions', { params: { query: { ...query, limit } } }))
 return {
  total: found.total,
  reachable: found.reachable,
  list: found.contradictions.map((one) => ({
   key: `${one.slot} ${one.name} ${one.sides.map((side) => side.claim.key).join(' ')}`,
   kind: one.kind,
   why: one.why,
   sides: one.sides.map((side) => ({ card: card(side.claim), support: side.support })),
  })),
 }
}
