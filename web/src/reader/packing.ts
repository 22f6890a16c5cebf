/**
 * Where marginal notes stand: each as near its line as the others let it, in order, none over another.
 * The sum of the squared distances from their lines is the least possible (isotonic regression by pooling adjacent violators).
 */
export interface Note {
 /** Where it wants to be: the top of its line. */
 line: number
 height: number
}

/** The tops of the notes. `fixed` is the index of the one that must stand at its line; the others make way, if need be above the page's edge. */
export function pack(notes: readonly Note[], gap: number, fixed?: number): number[] {
 if (fixed !== undefined && notes[fixed]) {
  const held = notes[fixed]
  const above = packed(notes.slice(0, fixed), gap)
  const below = packed(notes.slice(fixed + 1), gap)
  let limit = held.line - gap
  for (let i = fixed - 1; i >= 0; i -= 1) {
   above[i] = Math.min(above[i] ?? 0, limit - (notes[i]?.height ?? 0))
   limit = (above[i] ?? 0) - gap
  }
  limit = held.line + held.height + gap
  for (let i = 0; i < below.length; i += 1) {
   below[i] = Math.max(below[i] ?? 0, limit)
   limit = (below[i] ?? 0) + (notes[fixed + 1 + i]?.height ?? 0) + gap
  }
  return [...above, held.line, ...below]
 }
 return packed(notes, gap)
}

function packed(notes: readonly Note[], gap: number): number[] {
 // With what stands above subtracted, "none over another" becomes "never decreasing".
 const groups: { sum: number; count: number }[] = []
 const offsets: number[] = []
 let offset = 0
 for (const note of notes) {
  offsets.push(offset)
  groups.push({ sum: note.line - offset, count: 1 })
  offset += note.height + gap
  for (;;) {
   const last = groups.at(-1)
   const before = groups.at(-2)
   if (!last || !before || before.sum / before.count <= last.sum / last.count) break
   before.sum += last.sum
   before.count += last.count
   groups.pop()
  }
 }
 const tops: number[] = []
 for (const group of groups) {
  // Nothing stands above the page's edge.
  const base = Math.max(0, group.sum / group.count)
  for (let i = 0; i < group.count; i += 1) tops.push(base + (offsets[tops.length] ?? 0))
 }
 return tops
}
