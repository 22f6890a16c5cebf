/** A stretch of a block between two borders of names, dates or evidence: marks that overlap are cut where they meet. */
export interface Segment {
 text: string
 start: number
 /** Index of the name or date it belongs to. */
 mention: number | undefined
 /** Whether the name begins here, and not in the segment before. */
 first: boolean
 /** Indices of the claims whose evidence it is part of. */
 claims: readonly number[]
 /** Indices of the claims whose evidence ends with it: their numbers are set behind it. */
 ends: readonly number[]
}

export interface Range {
 start: number
 end: number
}

/** The lists are those of the whole text, in units; only what touches the block counts. `ends` are at the last block that the evidence touches. */
export function segments(text: string, block: Range, mentions: readonly Range[], evidence: readonly Range[]): Segment[] {
 const names = touching(mentions, block)
 const claims = touching(evidence, block)
 const borders = new Set([block.start, block.end])
 for (const index of names) add(borders, mentions[index], block)
 for (const index of claims) add(borders, evidence[index], block)
 const ordered = [...borders].sort((a, b) => a - b)
 const found: Segment[] = []
 for (let i = 0; i + 1 < ordered.length; i += 1) {
  const start = ordered[i] ?? 0
  const end = ordered[i + 1] ?? start
  const mention = names.find((index) => covers(mentions[index], start))
  const over = claims.filter((index) => covers(evidence[index], start))
  found.push({
   text: text.slice(start, end),
   start,
   mention,
   first: mention !== undefined && Math.max(mentions[mention]?.start ?? 0, block.start) === start,
   claims: over,
   ends: over.filter((index) => {
    const last = evidence[index]?.end ?? 0
    return last === end || (end === block.end && text.slice(block.end, last).trim() === '')
   }),
  })
 }
 return found
}

function touching(ranges: readonly Range[], block: Range): number[] {
 return ranges.flatMap((range, index) => (range.start < block.end && range.end > block.start ? [index] : []))
}

function covers(range: Range | undefined, at: number): boolean {
 return range !== undefined && range.start <= at && at < range.end
}

function add(borders: Set<number>, range: Range | undefined, block: Range): void {
 if (!range) return
 borders.add(Math.max(range.start, block.start))
 borders.add(Math.min(range.end, block.end))
}
