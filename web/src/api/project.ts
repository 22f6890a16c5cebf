/** The project itself: figures, the rule for the living, history, copies. */
import { published } from '../site/site'
import { answered, GET, PUT, type Shape } from './client'

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

/** Where an export is to be had; people who may be alive are shielded in it. */
export function exportOf(format: Shape['FormatInfo']): string {
 return published ? `download/${format.file}` : `/api/exports/${format.name}`
}
