/** What waits for a reader, what a reader decides, and taking it back. */
import type { Card } from '../parts/ClaimCard.svelte'
import { answered, GET, POST } from './client'
import { card } from './card'

export interface Waiting {
 card: Card
 /** The newest entry of the log when it was read. */
 seen: number
}

export async function queue(limit: number): Promise<{ total: number; list: Waiting[] }> {
 const found = await answered(GET('/api/review', { params: { query: { limit } } }))
 return { total: found.total, list: found.claims.map((claim) => ({ card: card(claim), seen: found.seen })) }
}

/** The entries of the log that it makes. */
export async function verdict(claim: Waiting, judgement: 'accept' | 'reject'): Promise<number[]> {
 return [(await answered(POST('/api/decisions', { body: { claim: claim.card.key, verdict: judgement, reason: '', seen: claim.seen } }))).operation]
}

export async function decideAll(claims: readonly Waiting[], judgement: 'accept' | 'reject'): Promise<number[]> {
 const made: number[] = []
 for (const claim of claims) made.push(...(await verdict(claim, judgement)))
 return made
}

export async function undo(operations: readonly number[]): Promise<void> {
 await answered(POST('/api/undo', { body: { operations: [...operations], reason: '' } }))
}
