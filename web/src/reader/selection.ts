/** The words of the text that are chosen on the page, by their place in the text. */
import type { Span } from './model'

/** Nothing if nothing within the text is chosen, or only white space. What is chosen begins and ends with words. */
export function chosenWords(leaf: HTMLElement, text: string): Span | undefined {
 const selection = getSelection()
 if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined
 const range = selection.getRangeAt(0)
 if (!leaf.contains(range.commonAncestorContainer)) return undefined
 const from = unit(leaf, range.startContainer, range.startOffset, false)
 const until = unit(leaf, range.endContainer, range.endOffset, true)
 if (from === undefined || until === undefined) return undefined
 const words = text.slice(from, until)
 const start = from + (words.length - words.trimStart().length)
 const end = until - (words.length - words.trimEnd().length)
 return start < end ? { start, end } : undefined
}

/** The place in the text of a place on the page: between stretches, that of the nearest stretch inwards. */
function unit(leaf: HTMLElement, node: Node, offset: number, isEnd: boolean): number | undefined {
 const element = node instanceof HTMLElement ? node : node.parentElement
 const own = element?.closest<HTMLElement>('[data-s]')
 if (own && node.nodeType === Node.TEXT_NODE) return Number(own.dataset.s) + offset
 const all = [...leaf.querySelectorAll<HTMLElement>('[data-s]')]
 const point = document.createRange()
 point.setStart(node, offset)
 // Stretches are in the order of the text.
 const after = all.findIndex((stretch) => point.comparePoint(stretch, 0) >= 0)
 if (!isEnd) return after < 0 ? undefined : Number(all[after]?.dataset.s)
 const last = after < 0 ? all.at(-1) : all[after - 1]
 return last ? Number(last.dataset.s) + (last.textContent?.length ?? 0) : undefined
}
