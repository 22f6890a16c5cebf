/** Words and rules: read them, try a change of them on a sentence. */
import { answered, GET, POST, type Shape } from './client'

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
