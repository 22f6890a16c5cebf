/** Who is at the page. Where there are accounts, every change carries the token of the session. */
import { answered, DELETE, GET, POST, type Shape } from './client'

export async function session(): Promise<Shape['Session']> {
 return answered(GET('/api/session'))
}

export async function signIn(name: string, password: string): Promise<Shape['Session']> {
 return answered(POST('/api/session', { body: { name, password } }))
}

export async function signOut(): Promise<void> {
 await DELETE('/api/session')
}
