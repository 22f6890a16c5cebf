/** The way to the server. Paths, queries and bodies are typed from its OpenAPI document (`make client`). */
import createClient from 'openapi-fetch'
import type { components, paths } from './schema'
import { news } from '../shell/news.svelte'
import { who } from '../shell/who.svelte'
import { answer } from '../site/answers'
import { published } from '../site/site'
import { w } from '../words/index.svelte'

export type Shape = components['schemas']

const client = createClient<paths>({ baseUrl: '', ...(published ? { fetch: answer } : {}) })
export const { GET, POST, PUT, DELETE } = client

/** What a change must carry where there are accounts. */
export function token(): Record<string, string> {
 return who.token ? { 'x-svodka-token': who.token } : {}
}

client.use({
 onRequest({ request }) {
  if (request.method !== 'GET') for (const [name, value] of Object.entries(token())) request.headers.set(name, value)
 },
 onResponse({ request, response }) {
  if (response.status === 401 && !(request.method === 'POST' && new URL(request.url).pathname === '/api/session')) who.wanted = true
 },
})

/** What the server said went wrong. */
export class Refused extends Error {
 constructor(
  readonly status: number,
  readonly wrong: Partial<Shape['Wrong']>,
 ) {
  super([wrong.what, wrong.remedy].filter(Boolean).join('; ') || String(status))
 }
}

/** The answer, or an error that says why there is none. */
export async function answered<T>(asked: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
 let got
 try {
  got = await asked
 } catch {
  throw new Error(w().shell.offline)
 }
 if (got.data !== undefined && got.response.ok) {
  if (got.data && typeof got.data === 'object' && 'operation' in got.data) news.made(Number(got.data.operation))
  return got.data
 }
 throw new Refused(got.response.status, (typeof got.error === 'object' && got.error) || {})
}

/** What is not empty, for a query. */
export function given<Q extends Record<string, unknown>>(query: Q): Partial<Q> {
 return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '' && value !== undefined)) as Partial<Q>
}
