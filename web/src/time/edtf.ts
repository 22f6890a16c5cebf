/** Where an EDTF value begins and ends on an axis, and at which ends it fades. The server checks dates; this only draws them. */

export interface Extent {
 /** Milliseconds of the first day's beginning and of the last day's end; absent where the interval is open. */
 from: number | undefined
 to: number | undefined
 /** Whether the bound is about, uncertain or open. */
 fadesIn: boolean
 fadesOut: boolean
}

const DAY = 86_400_000

/** Nothing for what cannot be drawn: `XXXX`, or no EDTF at all. */
export function extent(edtf: string): Extent | undefined {
 const text = edtf.trim()
 const set = /^[[{](.*)[\]}]$/u.exec(text)
 if (set?.[1]) {
  const members = set[1].split(',').map((member) => extent(member.replace('..', '/'))).filter((member) => member !== undefined)
  if (members.length === 0) return undefined
  const starts = members.map((member) => member.from)
  const ends = members.map((member) => member.to)
  return {
   from: starts.includes(undefined) ? undefined : Math.min(...(starts as number[])),
   to: ends.includes(undefined) ? undefined : Math.max(...(ends as number[])),
   // One of several: nobody knows which.
   fadesIn: text.startsWith('[') || members.some((member) => member.fadesIn),
   fadesOut: text.startsWith('[') || members.some((member) => member.fadesOut),
  }
 }
 const [first = '', second] = text.split('/')
 if (second === undefined) return point(first)
 const open = (part: string) => part === '' || part === '..'
 const a = open(first) ? undefined : point(first)
 const b = open(second) ? undefined : point(second)
 if (!a && !b) return undefined
 return { from: a?.from, to: b?.to, fadesIn: !a || a.fadesIn, fadesOut: !b || b.fadesOut }
}

function point(text: string): Extent | undefined {
 const vague = /[~?%]/u.test(text)
 const parts = /^(-?[\dX]{4})(?:-([\dX]{2}))?(?:-([\dX]{2}))?$/u.exec(text.replace(/[~?%]/gu, ''))
 if (!parts) return undefined
 const [, year = '', month, day] = parts
 if (/^-?XX/u.test(year)) return undefined
 const low = Number(year.replaceAll('X', '0'))
 const high = Number(year.replaceAll('X', '9'))
 const unspecified = text.includes('X')
 let from = Date.UTC(low, 0, 1)
 let to = Date.UTC(high + 1, 0, 1)
 const number = Number(month)
 if (month && number >= 21 && number <= 24) {
  // Spring begins in March; the winter of a year ends in the February of the next.
  from = Date.UTC(low, 2 + 3 * (number - 21), 1)
  to = Date.UTC(low, 5 + 3 * (number - 21), 1)
 } else if (month && number >= 1 && number <= 12) {
  from = Date.UTC(low, number - 1, 1)
  to = Date.UTC(low, number, 1)
  if (day && /^\d\d$/u.test(day)) {
   from = Date.UTC(low, number - 1, Number(day))
   to = from + DAY
  }
 }
 return { from, to, fadesIn: vague || unspecified, fadesOut: vague || unspecified }
}
