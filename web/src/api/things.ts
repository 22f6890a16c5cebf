/** All that is claimed of one thing, and who may be the same. */
import type { Card } from '../parts/ClaimCard.svelte'
import { answered, GET, POST, type Shape } from './client'
import { card } from './card'

export interface Dossier {
 number: number
 type: string
 name: string
 names: string[]
 reports: number
 mayLive: boolean
 claims: Card[]
 /** How many claims there are. */
 total: number
 company: Shape['Companion'][]
}

/** Its claims in the order of time, `limit` at most. */
export async function dossier(id: string, limit: number): Promise<Dossier> {
 const found = await answered(GET('/api/things/{number}', { params: { path: { number: Number(id) }, query: { limit } } }))
 return {
  number: found.number,
  type: found.type,
  name: found.name,
  // Forms come folded: what differs from the name by case and points alone tells nothing.
  names: found.forms.filter((form) => form !== folded(found.name)).map(written),
  reports: found.reports,
  mayLive: found.may_live,
  claims: found.claims.map(card),
  total: found.total,
  company: found.company,
 }
}

/** On how many independent witnesses each of these claims stands, by the claims' names: other reports must be looked at, so it is asked apart. */
export async function witnesses(id: string, limit: number): Promise<Map<string, number>> {
 const found = await answered(GET('/api/things/{number}', { params: { path: { number: Number(id) }, query: { limit, support: true } } }))
 return new Map(found.claims.flatMap((claim) => (claim.support ? [[claim.key, claim.support.witnesses] as const] : [])))
}

/** Judges whether two names name one thing; gives the entry of the log. */
export async function relate(a: string, b: string, verdict: 'same' | 'distinct' | 'unsure', reason: string): Promise<number> {
 return (await answered(POST('/api/relations', { body: { a, b, verdict, reason } }))).operation
}

/** Who else this may be, the most probable first; `outdated` if the project has changed since, and it is being worked out anew. */
export async function proposals(id: string): Promise<Shape['Proposals']> {
 return answered(GET('/api/same', { params: { query: { about: id, least: 0.1, limit: 10 } } }))
}

const folded = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()

/** A folded form as names are written. */
const written = (form: string) => form.replace(/(^|[\s-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
