/** Single letters as commands, where they were not turned off and nobody is typing. */
import { settings } from '../settings.svelte'

export type Keys = Record<string, () => void>

function typing(target: EventTarget | null): boolean {
 // Sliders, boxes and buttons take no letters.
 if (target instanceof HTMLInputElement) return !/^(range|checkbox|radio|button|submit|file)$/u.test(target.type)
 return target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/u.test(target.tagName))
}

/** Listens until the returned function is called. */
export function listen(keys: () => Keys): () => void {
 const heard = (event: KeyboardEvent) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
  if (!settings.keys || typing(event.target)) return
  if (document.querySelector('dialog[open]')) return
  const act = keys()[event.key]
  if (!act) return
  event.preventDefault()
  act()
 }
 addEventListener('keydown', heard)
 return () => removeEventListener('keydown', heard)
}
