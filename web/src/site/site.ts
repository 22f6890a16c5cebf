/** Whether this page is published: files lie beside it, and nobody is there to ask or to be told anything. */
export const published = document.querySelector('meta[name=svodka-site]') !== null

/** What a publication says of itself. */
export interface Site {
 title: string
 date: string
 licence: string | null
 program: string
 creators: string[]
 /** The kinds of claim that there are. */
 kinds: string[]
 /** What the words of each file of words begin with. */
 words: string[]
 exports: { name: string; title: string; file: string }[]
}

const read = new Map<string, Promise<unknown>>()

/** A file beside the page, as JSON; each is read once. */
export function file<T>(path: string): Promise<T> {
 const known = read.get(path)
 if (known) return known as Promise<T>
 const made = fetch(path).then((answer) => {
  if (!answer.ok) throw new Missing(path)
  return answer.json() as Promise<T>
 })
 read.set(path, made)
 made.catch(() => read.delete(path))
 return made
}

export const site = (): Promise<Site> => file('data/site.json')

/** There is no such file. */
export class Missing extends Error {}

/** How many files lie in a folder. */
const FOLDER = 1000

/** What has a number. */
export const numbered = <T>(folder: string, number: number): Promise<T> => file(`data/${folder}/${Math.floor(number / FOLDER)}/${number}.json`)
