/** The catalogue in the reader's language. */
import { settings } from '../settings.svelte'
import { en, type Words } from './en'
import { ru } from './ru'

class Catalogue {
 words = $derived<Words>(settings.language === 'ru' ? ru : en)
}

const catalogue = new Catalogue()

/** The words of the interface; reading them in a template follows the language. */
export function w(): Words {
 return catalogue.words
}

/** A word of a table, or the key itself: packs may bring kinds that no catalogue knows. */
export function called(table: Record<string, string>, key: string | undefined | null): string {
 return key ? (table[key] ?? key.replaceAll('_', ' ')) : ''
}
