/** Words and rules: read them, try a change of them on a sentence. */
import { answered, GET, POST, PUT, type Shape } from './client'

export async function files(): Promise<Shape['PackFileInfo'][]> {
 return answered(GET('/api/packs'))
}

export async function file(path: string): Promise<string> {
 return (await answered(GET('/api/packs/{file}', { params: { path: { file: path } } }))).text
}

/** How a sentence is read; with a changed file, by the pack so changed. */
export async function tried(sentence: string, changed?: { file: string; text: string }): Promise<Shape['Explained']> {
 return answered(POST('/api/packs/try', { body: { sentence, rule: '', ...changed } }))
}

/** The kinds of claim that the pack knows, with their roles and fields. */
export async function kinds(): Promise<Shape['KindInfo'][]> {
 return answered(GET('/api/kinds'))
}

/** What a changed file would change over the whole project; ends when `signal` says so. */
export async function compared(file: string, text: string, signal: AbortSignal): Promise<Shape['Tried']> {
 return answered(POST('/api/packs/compare', { body: { file, text }, signal }))
}

/** Keeps a file of a pack of one's own. */
export async function savePack(file: string, text: string): Promise<void> {
 await answered(PUT('/api/packs', { body: { file, text } }))
}
