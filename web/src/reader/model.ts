/** A report as the reader shows it. `adapt` makes it of what the server sends; nothing else here knows the server's fields. */

export interface Span {
 start: number
 end: number
}

export interface Filler {
 text: string
 /** The project's number of the thing, where it is one. */
 thing?: number | undefined
}

/** A claim with all that its note says. Offsets in UTF-16 units. */
export interface Item {
 /** What decisions call it. */
 key: string
 number: number
 kind: string
 certainty: string
 polarity: string
 sentence: string
 when?: { edtf: string; text: string } | undefined
 sources: { text: string }[]
 roles: [string, Filler[]][]
 /** What the kind has besides: status, action, … */
 fields: [string, string][]
 evidence: Span & { text: string }
 /** The line of the text on which it begins. */
 line: number
 frame: string
 review: string
 by?: string | undefined
 /** What the machine had read, if a reader corrected it. */
 read?: string | undefined
 grade?: string | undefined
 note?: string | undefined
}

export interface Mention extends Span {
 text: string
 type: string
 /** The name of what is named. */
 name: string
 thing?: number | undefined
 edtf?: string | undefined
}

/** Where in the original words come from. Offsets in UTF-16 units; what the format does not tell is absent. */
export interface Origin {
 start: number
 part?: string | undefined
 page?: string | undefined
 line?: number | undefined
 paragraph?: number | undefined
}

export interface Reading {
 id: string
 title: string
 date: string
 language: string
 source: string
 compiler: string[]
 addressee: string[]
 text: string
 /** The newest entry of the log when this was read. */
 seen: number
 headings: { heading: string; level: number; start: number }[]
 /** From one place of the original to the next; empty where its lines are those of the text. */
 origins: Origin[]
 mentions: Mention[]
 items: Item[]
}

/** What the margin shows; empty shows all. */
export interface Filter {
 kind: string
 certainty: string
 source: string
 review: string
}

/** The report's own voice among the sources to filter by. */
export const OWN_VOICE = '—'

export function fits(item: Item, filter: Filter): boolean {
 return (
  (!filter.kind || item.kind === filter.kind) &&
  (!filter.certainty || item.certainty === filter.certainty) &&
  (!filter.review || item.review === filter.review) &&
  (!filter.source || (filter.source === OWN_VOICE ? item.sources.length === 0 : item.sources.some((source) => source.text === filter.source)))
 )
}
