/** What this reader prefers on this machine: language, theme, keys. Kept by the browser, never sent. */

export type Theme = 'light' | 'dark'
export type Language = 'en' | 'ru'

function kept(name: string): string | null {
 try {
  return localStorage.getItem(`svodka.${name}`)
 } catch {
  return null
 }
}

function keep(name: string, value: string): void {
 try {
  localStorage.setItem(`svodka.${name}`, value)
 } catch {
  // A browser that keeps nothing forgets the preference with the page.
 }
}

class Settings {
 #theme = $state<Theme>((kept('theme') as Theme | null) ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'))
 #language = $state<Language>((kept('language') as Language | null) ?? (navigator.language.startsWith('ru') ? 'ru' : 'en'))
 #keys = $state(kept('keys') !== 'off')

 constructor() {
  document.documentElement.dataset.theme = this.#theme
  document.documentElement.lang = this.#language
 }

 get theme(): Theme {
  return this.#theme
 }
 set theme(theme: Theme) {
  this.#theme = theme
  document.documentElement.dataset.theme = theme
  keep('theme', theme)
 }

 get language(): Language {
  return this.#language
 }
 set language(language: Language) {
  this.#language = language
  document.documentElement.lang = language
  keep('language', language)
 }

 /** Whether single letters are commands (WCAG 2.1.4: they can be turned off). */
 get keys(): boolean {
  return this.#keys
 }
 set keys(on: boolean) {
  this.#keys = on
  keep('keys', on ? 'on' : 'off')
 }
}

export const settings = new Settings()
