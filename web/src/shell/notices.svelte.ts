/** What the page tells in passing: one line, read out by screen readers too. */
class Notices {
 text = $state('')
 act = $state<{ label: string; run: () => void } | undefined>()
 #timer: ReturnType<typeof setTimeout> | undefined

 tell(text: string, act?: { label: string; run: () => void }): void {
  this.text = text
  this.act = act
  clearTimeout(this.#timer)
  this.#timer = setTimeout(() => this.clear(), act ? 12_000 : 6_000)
 }

 clear(): void {
  clearTimeout(this.#timer)
  this.text = ''
  this.act = undefined
 }
}

export const notices = new Notices()
