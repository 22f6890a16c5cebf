import { expect, test } from '@playwright/test'
import { correction, draft } from '../src/reader/correction'
import type { Item } from '../src/reader/model'

const item: Item = {
 key: 'c1', number: 1, kind: 'membership', certainty: 'asserted', polarity: 'positive', sentence: '', sources: [], line: 1, frame: '', review: 'unreviewed',
 when: { edtf: '1923', text: 'this year' },
 roles: [['group', [{ text: 'League' }]], ['person', [{ text: 'Orlov' }, { text: 'Feldt' }]]],
 fields: [['status', 'member']],
 evidence: { start: 0, end: 5, text: 'Orlov' },
}

test('a correction says only what was changed', () => {
 const form = draft(item)
 expect(correction(item, form)).toBeUndefined()
 form.roles[1]!.fillers[0] = ' Ivan Orlov '
 form.when = '1923-08'
 expect(correction(item, form)).toEqual({ roles: { person: ['Ivan Orlov', 'Feldt'] }, when: '1923-08' })
})

test('a role whose names are all taken out is emptied, a new one is added, a field can be taken away', () => {
 const form = draft(item)
 form.roles[0]!.fillers = []
 form.roles.push({ role: 'unit', fillers: ['Vulkan', ''] })
 form.fields[0]!.value = ''
 form.positive = false
 expect(correction(item, form)).toEqual({ roles: { group: [], unit: ['Vulkan'] }, fields: { status: null }, polarity: 'negative' })
})
