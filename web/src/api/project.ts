/** The project itself: figures, the rule for the living, history, copies. */
import { answered, GET, given, PUT, type Shape } from './client'

export async function info(): Promise<Shape['ProjectInfo']> {
 return answered(GET('/api/project'))
}

export async function policy(): Promise<Shape['LivingRule']> {
 return answered(GET('/api/policy'))
}

export async function setPolicy(rule: Shape['LivingRule']): Promise<number> {
 return (await answered(PUT('/api/policy', { body: rule }))).operation
}

export async function history(limit: number): Promise<Shape['LogEntry'][]> {
 return answered(GET('/api/log', { params: { query: { limit } } }))
}

/** Where a copy of the whole project is to be had. */
export const BACKUP = '/api/backup'

/** The formats in which the project can be had. */
export async function formats(): Promise<Shape['FormatInfo'][]> {
 return answered(GET('/api/exports'))
}

/** Where an export of the claims that fit is to be had; people who may be alive are shielded in it. */
export function exportOf(format: string, query: Record<string, string> = {}): string {
 const search = new URLSearchParams(given(query) as Record<string, string>).toString()
 return `/api/exports/${format}${search ? `?${search}` : ''}`
}
