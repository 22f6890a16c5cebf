import { expect, test } from '@playwright/test'
import { blocks } from '../src/reader/blocks'
import { chain } from '../src/reader/chain'
import { pack } from '../src/reader/packing'
import { Points } from '../src/reader/points'
import { segments } from '../src/reader/segments'

test('code points and units are inverse, also beyond U+FFFF', () => {
 const text = 'a𝔖b𝔗𝔘c'
 const points = new Points(text)
 ;[...text].forEach((character, point) => {
  const unit = points.unit(point)
  expect(text.slice(unit, unit + character.length)).toBe(character)
  expect(points.point(unit)).toBe(point)
 })
 expect(points.unit(6)).toBe(text.length)
})

test('stretches put together are the text, whatever overlaps', () => {
 const text = 'On strike were Red Anchor and Vulkan, said Gusev.'
 const block = { start: 0, end: text.length }
 const names = [{ start: 15, end: 25 }, { start: 30, end: 36 }, { start: 43, end: 48 }]
 const evidence = [{ start: 0, end: 36 }, { start: 20, end: 48 }, { start: 20, end: 48 }, { start: 30, end: 33 }]
 const cut = segments(text, block, names, evidence)
 expect(cut.map((segment) => segment.text).join('')).toBe(text)
 expect(cut.filter((segment) => segment.mention === 0).map((segment) => segment.text)).toEqual(['Red A', 'nchor'])
 expect(cut.find((segment) => segment.start === 30)?.claims).toEqual([0, 1, 2, 3])
 // Every claim's number stands once, at the end of its words.
 expect(cut.flatMap((segment) => segment.ends).sort()).toEqual([0, 1, 2, 3])
 expect(cut.filter((segment) => segment.first)).toHaveLength(3)
})

test('evidence over two paragraphs has its number at the end of the second', () => {
 const text = 'First part\n\nsecond part.'
 const evidence = [{ start: 6, end: 23 }]
 const parts = blocks(text, []).map((block) => segments(text, block, [], evidence))
 expect(parts.map((part) => part.flatMap((segment) => segment.ends))).toEqual([[], [0]])
})

test('headings are known with their numbering, and a typist’s line ends are not the author’s', () => {
 const typed = 'The factories of the city worked without any conflicts until the\nmiddle of January; complaints came only from the workshops.'
 const list = 'Present were:\nGusev\nFeldt'
 const text = `A Title\n\nI. The Strikes\n\n${typed}\n\n${list}`
 const found = blocks(text, [{ heading: 'The Strikes', level: 1, start: 9 }], 'A Title')
 expect(found.map((block) => [block.role, block.line, block.verse])).toEqual([['title', 1, false], ['heading', 3, false], ['paragraph', 5, false], ['paragraph', 8, true]])
})

test('notes never overlap, keep their order, and stand at their lines where there is room', () => {
 const notes = [10, 12, 14, 300, 900].map((line) => ({ line, height: 50 }))
 const tops = pack(notes, 10)
 tops.slice(1).forEach((top, at) => expect(top).toBeGreaterThanOrEqual((tops[at] ?? 0) + 60 - 1e-9))
 expect(tops[0]).toBeGreaterThanOrEqual(0)
 expect(tops.slice(3)).toEqual([300, 900])
})

test('the open note stands at its line and the others make way', () => {
 const notes = [100, 110, 120, 130].map((line) => ({ line, height: 40 }))
 const tops = pack(notes, 5, 2)
 expect(tops[2]).toBe(120)
 tops.slice(1).forEach((top, at) => expect(top).toBeGreaterThanOrEqual((tops[at] ?? 0) + 45))
})

test('the open note stands at its line also where there is no room for those before it', () => {
 const notes = [0, 5, 10].map((line) => ({ line, height: 40 }))
 expect(pack(notes, 5, 2)).toEqual([-80, -35, 10])
})

test('the chain of speakers is told as it came', () => {
 expect(chain([{ text: 'Yelagin' }, { text: 'Rebrov' }], 'this report')).toBe('Rebrov → Yelagin → this report')
})
