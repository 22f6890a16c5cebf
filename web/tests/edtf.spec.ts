import { expect, test } from '@playwright/test'
import { extent } from '../src/time/edtf'

const day = (time: number | undefined) => (time === undefined ? '..' : new Date(time).toISOString().slice(0, 10))
function check(edtf: string, expected: string) {
 const found = extent(edtf)
 const told = found ? `${found.fadesIn ? '~' : ''}${day(found.from)} ${day(found.to)}${found.fadesOut ? '~' : ''}` : 'nothing'
 expect(told, edtf).toBe(expected)
}

test('every form of date that claims have is drawn from its first day to its last', () => {
 check('1923-08-30', '1923-08-30 1923-08-31')
 check('1923-12', '1923-12-01 1924-01-01')
 check('1923', '1923-01-01 1924-01-01')
 check('1923-21', '1923-03-01 1923-06-01')
 check('1923-24', '1923-12-01 1924-03-01')
 check('192X', '~1920-01-01 1930-01-01~')
 check('1923-08-XX', '~1923-08-01 1923-09-01~')
 check('1923?', '~1923-01-01 1924-01-01~')
 check('1922-12-21~/1922-12-31~', '~1922-12-21 1923-01-01~')
 check('1923-06-01~/1923-09-01', '~1923-06-01 1923-09-02')
 check('../1923-07', '~.. 1923-08-01')
 check('1923-07/..', '1923-07-01 ..~')
 check('{1923-08-29,1923-08-30}', '1923-08-29 1923-08-31')
 check('[1922,1923]', '~1922-01-01 1924-01-01~')
})

test('what has no place on an axis is not drawn', () => {
 for (const edtf of ['XXXX', 'XXXX-08-30', '', 'soon', '../..']) check(edtf, 'nothing')
})
