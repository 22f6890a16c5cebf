import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './project'

test('the page is typed from what the server answers: make client', ({ served }) => {
 expect(served.openapi()).toBe(readFileSync(join(import.meta.dirname, '../openapi.json'), 'utf8'))
})

test('no reason for another origin is in what is built: no address, no inline script or style', () => {
 const page = readFileSync(join(import.meta.dirname, '../dist/index.html'), 'utf8')
 expect(page).not.toMatch(/https?:/u)
 expect(page).not.toMatch(/<style|style=|<script(?![^>]*src=)/u)
})
