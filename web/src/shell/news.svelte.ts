/** Changes by others, told by the server as they happen. */

class News {
 /** The newest entry of the log that somebody else has made. */
 newest = $state(0)
 /** How far reading the project by a changed pack is. */
 tried = $state<{ done: number; of: number } | undefined>()
 #mine = 0

 /** What this page did itself is no news. */
 made(operation: number): void {
  this.#mine = Math.max(this.#mine, operation)
 }

 /** Listens until the returned function is called. */
 listen(): () => void {
  const source = new EventSource('/api/events')
  source.addEventListener('changed', (event: MessageEvent<string>) => {
   const { newest } = JSON.parse(event.data) as { newest: number }
   // Of what this page does, the answer may come after the news.
   setTimeout(() => {
    if (newest > this.#mine) this.newest = newest
   }, 1000)
  })
  source.addEventListener('tried', (event: MessageEvent<string>) => (this.tried = JSON.parse(event.data) as { done: number; of: number }))
  return () => source.close()
 }
}

export const news = new News()
