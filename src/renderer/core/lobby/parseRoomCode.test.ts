import { expect, test } from 'vitest'
import { parseRoomCode } from './parseRoomCode.ts'

const code = '8c518699-99ab-42a9-89ff-b5ba0cf27f36'

test.each([
  [code, code],
  [`  ${code.toUpperCase()}\n`, code],
  [code.slice(1), null],
  [`${code}0`, null],
  ['maths', null],
  ['', null],
])('%j is the code of %j', (text, expected) => {
  expect(parseRoomCode(text)).toBe(expected)
})
