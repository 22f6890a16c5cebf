/** A network as lines, circles and words on paper: for small pictures and for SVG files. Places are those of the server. */
import type { Net } from '../api/pictures'

export interface Drawn {
 width: number
 height: number
 /** Around whom; empty for a whole network. */
 around: string
 nodes: { id: string; label: string; type: string; x: number; y: number; size: number; shown: boolean; left: boolean }[]
 edges: { id: string; told: string; certainty: string; claims: number; x1: number; y1: number; x2: number; y2: number; width: number }[]
}

/** How the lines of each certainty are broken; the unestablished are hollow. */
export const LINES_DRAWN: Record<string, string> = { probable: '9 5', possible: '2.5 4' }

/** How wide a letter is on the average, in parts of the size of type. */
const LETTER = 0.52

/** Fits the nodes with the most claims, `most` at most, into a box; a name is left out where it would lie on another, the weightiest come first. */
export function drawing(net: Net, size: { width: number; height: number; most: number; type: number }, around = ''): Drawn {
 const heavy = [...net.nodes].sort((a, b) => Number(b.id === around) - Number(a.id === around) || b.weight - a.weight || a.id.localeCompare(b.id)).slice(0, size.most)
 const xs = heavy.map((node) => node.x)
 const ys = heavy.map((node) => node.y)
 const [left, top] = [Math.min(...xs), Math.min(...ys)]
 const room = { x: Math.max(1e-6, Math.max(...xs) - left), y: Math.max(1e-6, Math.max(...ys) - top) }
 const margin = { x: Math.min(size.width * 0.16, 90), y: size.type * 1.5 }
 const taken: { x1: number; y1: number; x2: number; y2: number }[] = []
 const free = (box: (typeof taken)[number]) => box.x1 >= 0 && box.x2 <= size.width && taken.every((other) => box.x2 < other.x1 || other.x2 < box.x1 || box.y2 < other.y1 || other.y2 < box.y1)
 const placed = heavy.map((node) => ({
  ...node,
  x: margin.x + ((node.x - left) / room.x) * (size.width - 2 * margin.x),
  // The picture's y grows downwards.
  y: margin.y + (1 - (node.y - top) / room.y) * (size.height - 2 * margin.y),
  size: 3 + Math.min(9, Math.sqrt(node.weight) * 1.4),
 }))
 for (const node of placed) taken.push({ x1: node.x - node.size, y1: node.y - node.size, x2: node.x + node.size, y2: node.y + node.size })
 const nodes = placed.map((node) => {
  const length = node.label.length * size.type * LETTER
  const box = (x1: number) => ({ x1, x2: x1 + length, y1: node.y - size.type * 0.6, y2: node.y + size.type * 0.6 })
  const right = box(node.x + node.size + 3)
  const other = box(node.x - node.size - 3 - length)
  const found = free(right) ? right : free(other) ? other : undefined
  if (found) taken.push(found)
  return { ...node, shown: found !== undefined, left: found === other }
 })
 const at = new Map(nodes.map((node) => [node.id, node]))
 const edges = net.edges.flatMap((edge) => {
  const [a, b] = [at.get(edge.from), at.get(edge.to)]
  if (!a || !b || a === b) return []
  return [{ id: edge.id, told: `${a.label} — ${b.label}`, certainty: edge.certainty, claims: edge.claims, x1: a.x, y1: a.y, x2: b.x, y2: b.y, width: edge.certainty === 'unestablished' ? 4 : 1.4 + Math.min(3, Math.log2(edge.claims)) }]
 })
 return { width: size.width, height: size.height, around, nodes, edges }
}

const escaped = (text: string) => text.replace(/[&<>"]/gu, (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter] ?? letter)
const rounded = (value: number) => Math.round(value * 10) / 10

/** A drawing as a file; `colour` gives the page's colours by their names. */
export function svg(drawn: Drawn, title: string, colour: (name: string) => string): string {
 const edges = drawn.edges.map((edge) => {
  const line = `x1="${rounded(edge.x1)}" y1="${rounded(edge.y1)}" x2="${rounded(edge.x2)}" y2="${rounded(edge.y2)}"`
  const dashes = LINES_DRAWN[edge.certainty]
  const core = edge.certainty === 'unestablished' ? `<line ${line} stroke="${colour('paper')}" stroke-width="1.2"/>` : ''
  return `<g><title>${escaped(edge.told)} (${edge.certainty}, ${edge.claims})</title><line ${line} stroke="${colour('edge')}" stroke-width="${rounded(edge.width)}"${dashes ? ` stroke-dasharray="${dashes}"` : ''}/>${core}</g>`
 })
 const nodes = drawn.nodes.map((node) => {
  const text = node.shown ? `<text x="${rounded(node.left ? node.x - node.size - 3 : node.x + node.size + 3)}" y="${rounded(node.y + 4)}" text-anchor="${node.left ? 'end' : 'start'}">${escaped(node.label)}</text>` : ''
  return `<g><title>${escaped(node.label)}</title><circle cx="${rounded(node.x)}" cy="${rounded(node.y)}" r="${rounded(node.size)}" fill="${colour(node.type.toLowerCase()) || colour('ink')}"/>${text}</g>`
 })
 return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${drawn.width} ${drawn.height}" width="${drawn.width}" height="${drawn.height}"><title>${escaped(title)}</title><rect width="100%" height="100%" fill="${colour('paper')}"/><g>${edges.join('')}</g><g font-family="Source Serif 4, Georgia, serif" font-size="13" fill="${colour('ink')}">${nodes.join('')}</g></svg>\n`
}

/** The network that is shown, in GEXF 1.3 for Gephi, with places, certainty and months. */
export function gexf(net: Net, title: string): string {
 const nodes = net.nodes.map((node) => `<node id="${escaped(node.id)}" label="${escaped(node.label)}"><attvalues><attvalue for="type" value="${escaped(node.type)}"/><attvalue for="claims" value="${node.weight}"/></attvalues><viz:position x="${rounded(node.x * 1000)}" y="${rounded(node.y * 1000)}"/></node>`)
 const edges = net.edges.map((edge) => {
  const months = Object.keys(edge.months).sort()
  const [first, last] = [months[0], months.at(-1)]
  const time = first && last ? ` start="${first}" end="${last}"` : ''
  return `<edge id="${escaped(edge.id)}" source="${escaped(edge.from)}" target="${escaped(edge.to)}" weight="${edge.claims}"${time}><attvalues><attvalue for="certainty" value="${escaped(edge.certainty)}"/><attvalue for="kinds" value="${escaped(edge.kinds.join(' '))}"/></attvalues></edge>`
 })
 return `<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3"><meta><description>${escaped(title)}</description></meta><graph defaultedgetype="undirected" mode="dynamic" timeformat="date"><attributes class="node"><attribute id="type" title="type" type="string"/><attribute id="claims" title="claims" type="integer"/></attributes><attributes class="edge"><attribute id="certainty" title="certainty of the surest claim" type="string"/><attribute id="kinds" title="kinds of its claims" type="string"/></attributes><nodes>${nodes.join('\n')}</nodes><edges>${edges.join('\n')}</edges></graph></gexf>\n`
}
