/** A claim of the server as the page shows it outside its report. */
import type { Card } from '../parts/ClaimCard.svelte'
import { to } from '../route.svelte'
import type { Shape } from './client'

export function card(claim: Shape['Claim']): Card {
 return {
  key: claim.key,
  told: claim.said,
  kind: claim.kind,
  certainty: claim.certainty,
  polarity: claim.polarity,
  when: claim.when ?? undefined,
  sources: claim.sources.map((text) => ({ text })),
  quote: claim.quote.replace(/\s+/gu, ' '),
  language: 'en',
  href: to('reports', claim.report, { claim: claim.key }),
  where: short(claim.label),
  label: claim.label,
  date: claim.date,
  review: claim.status,
  grade: claim.grade ?? undefined,
  note: claim.decisions.filter((decision) => decision.verdict === 'note').at(-1)?.value,
  witnesses: claim.support?.witnesses,
 }
}

/** A report's file without its folders, which say nothing to who reads on. */
export function short(label: string): string {
 return label.split('/').at(-1) || label
}
