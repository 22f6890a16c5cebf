/** Reports, names, and words in reports. */
import { answered, GET, given, Refused, token, type Shape } from './client'
import { w } from '../words/index.svelte'

export async function reports(query: { filter: string; sort: string; limit: number }): Promise<Shape['Reports']> {
 return answered(GET('/api/reports', { params: { query: given(query) } }))
}

export async function things(query: { kind: string; q: string; sort: string; limit: number }): Promise<Shape['Things']> {
 return answered(GET('/api/things', { params: { query: given(query) } }))
}

export async function search(q: string): Promise<Shape['Found']> {
 return answered(GET('/api/search', { params: { query: { q } } }))
}

/** Sends a file; gives what became of it. */
export async function addReport(file: File): Promise<Shape['Uploaded']> {
 const form = new FormData()
 form.append('file', file, file.name)
 let response
 try {
  response = await fetch('/api/reports', { method: 'POST', body: form, headers: token() })
 } catch {
  throw new Error(w().shell.offline)
 }
 const said: unknown = await response.json().catch(() => ({}))
 if (!response.ok) throw new Refused(response.status, said as Partial<Shape['Wrong']>)
 const [sent] = (said as Shape['Uploads']).files
 if (!sent) throw new Error(String(response.status))
 return sent
}
