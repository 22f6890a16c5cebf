/** What a reader changed of a claim, as the project keeps it: only what differs. */
import type { Item } from './model'

export interface Draft {
 roles: { role: string; fillers: string[] }[]
 fields: { field: string; value: string }[]
 when: string
 positive: boolean
 certainty: string
}

export interface Correction {
 roles?: Record<string, string[]>
 fields?: Record<string, string | null>
 when?: string
 polarity?: 'positive' | 'negative'
 certainty?: string
}

export function draft(item: Item): Draft {
 return {
  roles: item.roles.map(([role, fillers]) => ({ role, fillers: fillers.map((filler) => filler.text) })),
  fields: item.fields.map(([field, value]) => ({ field, value })),
  when: item.when?.edtf ?? '',
  positive: item.polarity !== 'negative',
  certainty: item.certainty,
 }
}

/** Nothing if nothing was changed. */
export function correction(item: Item, changed: Draft): Correction | undefined {
 const found: Correction = {}
 const before = draft(item)
 const old = new Map(before.roles.map(({ role, fillers }) => [role, fillers]))
 const now = new Map<string, string[]>()
 for (const { role, fillers } of changed.roles) {
  const kept = fillers.map((filler) => filler.trim()).filter(Boolean)
  if (role.trim()) now.set(role.trim(), [...(now.get(role.trim()) ?? []), ...kept])
 }
 const roles: Record<string, string[]> = {}
 for (const role of new Set([...old.keys(), ...now.keys()])) {
  const kept = now.get(role) ?? []
  if (JSON.stringify(kept) !== JSON.stringify(old.get(role) ?? [])) roles[role] = kept
 }
 if (Object.keys(roles).length > 0) found.roles = roles
 const fields: Record<string, string | null> = {}
 for (const { field, value } of changed.fields) {
  if (value.trim() !== before.fields.find((other) => other.field === field)?.value) fields[field] = value.trim() || null
 }
 if (Object.keys(fields).length > 0) found.fields = fields
 if (changed.when.trim() !== before.when) found.when = changed.when.trim()
 if (changed.positive !== before.positive) found.polarity = changed.positive ? 'positive' : 'negative'
 if (changed.certainty !== before.certainty) found.certainty = changed.certainty
 return Object.keys(found).length > 0 ? found : undefined
}
