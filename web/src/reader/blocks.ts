/** A report's text as a page is set: title, headings and paragraphs, each with its place in the text and its line. */

export interface Block {
 /** UTF-16 units, half open. */
 start: number
 end: number
 role: 'title' | 'heading' | 'paragraph'
 /** The rank of a heading, from 1. */
 level: number
 /** The line of the text on which it begins, from 1. */
 line: number
 /** Whether its line breaks are its own (a list, a signature) and not those of a typist who came to the end of the line. */
 verse: boolean
}

export interface Heading {
 heading: string
 level: number
 start: number
}

/** Lines at least this long were broken because the page was full. */
const FULL_LINE = 55
/** What may stand before a heading's words on its line: "IV. ", "§ 12. ". */
const NUMBERING = 9

/** Blocks are what blank lines part; a heading on a line of its own is a block too. `headings` in units, in order. */
export function blocks(text: string, headings: readonly Heading[], title = ''): Block[] {
 const found: Block[] = []
 let open: { start: number; end: number; line: number; lines: number[] } | undefined
 const close = () => {
  if (!open) return
  const broken = open.lines.slice(0, -1)
  const verse = broken.length > 0 && broken.filter((length) => length >= FULL_LINE).length * 2 < broken.length
  const { start, end, line } = open
  const isTitle = title !== '' && squeezed(text.slice(start, end)) === squeezed(title) && !found.some((block) => block.role === 'title')
  found.push({ start, end, role: isTitle ? 'title' : 'paragraph', level: 0, line, verse })
  open = undefined
 }
 let line = 0
 let at = 0
 let next = 0
 for (const content of text.split('\n')) {
  line += 1
  const start = at + (content.length - content.trimStart().length)
  const end = at + content.trimEnd().length
  at += content.length + 1
  if (end <= start) {
   close()
   continue
  }
  while ((headings[next]?.start ?? Infinity) < start) next += 1
  const heading = headings[next]
  if (heading && heading.start < end && end - start - heading.heading.trim().length <= NUMBERING && text.slice(start, end).includes(heading.heading.trim())) {
   close()
   found.push({ start, end, role: 'heading', level: Math.max(1, heading.level), line, verse: false })
   next += 1
   continue
  }
  if (open) {
   open.end = end
   open.lines.push(content.trim().length)
  } else {
   open = { start, end, line, lines: [content.trim().length] }
  }
 }
 close()
 return found
}

function squeezed(text: string): string {
 return text.replace(/\s+/gu, ' ').trim()
}
