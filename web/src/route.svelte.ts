/** Where the reader is. The address after `#` says it all, so that every view can be shared, bookmarked and gone back to. */

export type Query = Record<string, string>

export interface Route {
 /** The first part of the path: `reports`, `claims`, … */
 view: string
 /** The rest of it: a report's or a thing's number. */
 id: string
 query: Query
}

/** Reads an address such as `#/reports/3?claim=7`. */
export function parse(hash: string): Route {
 const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2)
 const [view = '', ...rest] = path.split('/')
 return { view: view || 'reports', id: decoded(rest.join('/')), query: Object.fromEntries(new URLSearchParams(search)) }
}

function decoded(text: string): string {
 try {
  return decodeURIComponent(text)
 } catch {
  return text
 }
}

/** The address of a view; what is empty is left out. */
export function to(view: string, id: string | number = '', query: Record<string, string | number | boolean | undefined> = {}): string {
 const kept = Object.entries(query).flatMap(([name, value]) => (value === undefined || value === '' || value === false ? [] : [[name, String(value)]]))
 const search = new URLSearchParams(kept).toString()
 return `#/${view}${id === '' ? '' : `/${encodeURIComponent(id)}`}${search ? `?${search}` : ''}`
}

class Place {
 route = $state<Route>(parse(location.hash))

 constructor() {
  addEventListener('hashchange', () => (this.route = parse(location.hash)))
 }

 go(address: string): void {
  location.hash = address
 }

 /** Changes the query of this view, without a step in the history. */
 ask(changes: Record<string, string | undefined>): void {
  const { view, id, query } = this.route
  const address = to(view, id, { ...query, ...changes })
  history.replaceState(null, '', address)
  this.route = parse(address)
 }
}

export const place = new Place()
