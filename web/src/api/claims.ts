/** Claims by what they say. */
import type { Card } from '../parts/ClaimCard.svelte'
import { answered, GET, given, type Shape } from './client'
import { card } from './card'
import { published } from '../site/site'

/** What claims are chosen by: the names are those of the server and of the page's address. */
export type ClaimQuery = Partial<Record<'kind' | 'about' | 'at' | 'said_by' | 'from' | 'to' | 'certainty' | 'status' | 'grade', string>>

const NAMES = ['kind', 'about', 'at', 'said_by', 'from', 'to', 'certainty', 'status', 'grade'] as const

/** Of an address's query, what the server knows. */
export function known(query: Record<string, string | undefined>): ClaimQuery {
 return given(Object.fromEntries(NAMES.map((name) => [name, query[name]])))
}

export async function claims(query: ClaimQuery, limit: number): Promise<{ total: number; list: Card[] }> {
 const found = await answered(GET('/api/claims', { params: { query: { ...query, limit } } }))
 return { total: found.total, list: found.claims.map(card) }
}

export async function facets(query: ClaimQuery): Promise<Shape['Facets']> {
 return answered(GET('/api/claims/facets', { params: { query } }))
}

/** Where the same claims are to be had as CSV, in a publication all claims; people who may be alive are shielded in it. */
export function claimsCsv(query: ClaimQuery): string {
 if (published) return 'download/claims.csv'
 const search = new URLSearchParams(query as Record<string, string>).toString()
 return `/api/claims.csv${search ? `?${search}` : ''}`
}
