/** The kinds of claim that the pack knows, asked for once, and what their roles and fields are called in forms. */
import { kinds } from '../api/packs'
import type { Shape } from '../api/client'
import { w } from '../words/index.svelte'

let list: Shape['KindInfo'][] = $state.raw([])
let asked = false

/** Has them fetched; what cannot be had now is asked for again the next time. */
export function fetchKinds(): void {
 if (asked) return
 asked = true
 kinds().then(
  (all) => (list = all),
  () => (asked = false),
 )
}

export const knownKinds = (): readonly Shape['KindInfo'][] => list

export const kindOf = (kind: string): Shape['KindInfo'] | undefined => list.find((one) => one.kind === kind)

/** A role or field of a kind: in the reader's language, else as the pack says, else its name. */
export function part(kind: string, name: string): string {
 return w().parts[`${kind}.${name}`] ?? w().parts[name] ?? kindOf(kind)?.called[name] ?? name.replaceAll('_', ' ')
}
