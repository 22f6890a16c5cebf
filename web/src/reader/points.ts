/** Offsets at the program's edge count code points; strings here count UTF-16 units. The two differ only where a text has characters beyond U+FFFF. */
export class Points {
 readonly #text: string
 /** The units at which a character of two units begins, in order; empty for nearly every text. */
 readonly #wide: number[] = []

 constructor(text: string) {
  this.#text = text
  for (let unit = 0; unit < text.length; unit += 1) {
   const code = text.charCodeAt(unit)
   if (code >= 0xd800 && code < 0xdc00) this.#wide.push(unit)
  }
 }

 /** The unit at which a code point begins. */
 unit(point: number): number {
  let unit = point
  for (const wide of this.#wide) {
   if (wide >= unit) break
   unit += 1
  }
  return Math.min(unit, this.#text.length)
 }

 /** The code point that begins at a unit. */
 point(unit: number): number {
  let point = unit
  for (const wide of this.#wide) {
   if (wide >= unit) break
   point -= 1
  }
  return point
 }
}
