import { expect, test } from 'vitest'
import { parseRoomCode } from './parseRoomCode.ts'

const roomId = '8c518699-99ab-42a9-89ff-b5ba0cf27f36'
const inviteCode = 'Zm9vYmFyYmF6cXV4LV9hYg'

test.each([
  [roomId, { roomId, inviteCode: null }],
  [`  ${roomId.toUpperCase()}\n`, { roomId, inviteCode: null }],
  [`studyhall://join/${roomId}`, { roomId, inviteCode: null }],
  [` studyhall://join/${roomId}?invite=${inviteCode} `, { roomId, inviteCode }],
  [`studyhall://join/${inviteCode}`, null],
  [`https://join/${roomId}?invite=${inviteCode}`, null],
  [roomId.slice(1), null],
  [`${roomId}0`, null],
  ['maths', null],
  ['', null],
])('%j leads to %j', (text, expected) => {
  expect(parseRoomCode(text)).toEqual(expected)
})
