import { expect, test } from 'vitest'
import { parseRoomCode } from './parseRoomCode.ts'

const roomId = '8c518699-99ab-42a9-89ff-b5ba0cf27f36'
const inviteCode = 'Zm9vYmFyYmF6cXV4LV9hYg'

test.each([
  [roomId, { kind: 'room', roomId }],
  [`  ${roomId.toUpperCase()}\n`, { kind: 'room', roomId }],
  [`studyhall://join/${roomId}`, { kind: 'room', roomId }],
  [` studyhall://join/${roomId}?invite=${inviteCode} `, { kind: 'roomInvite', roomId, inviteCode }],
  [`studyhall://join/${inviteCode}`, { kind: 'recurringInvite', inviteCode }],
  [inviteCode, { kind: 'unknownInvite', inviteCode }],
  [` ${inviteCode}\n`, { kind: 'unknownInvite', inviteCode }],
  [`${inviteCode}A`, null],
  [inviteCode.slice(1), null],
  // 22 letters, and no end that 128 bits could have.
  ['biology-of-small-words', null],
  ['deep_work_before_exams', null],
  ['Zm9vYmFyYmF6 XV4LV9hYg', null],
  [`https://join/${roomId}?invite=${inviteCode}`, null],
  [roomId.slice(1), null],
  [`${roomId}0`, null],
  ['maths', null],
  ['', null],
])('%j leads to %j', (text, expected) => {
  expect(parseRoomCode(text)).toEqual(expected)
})
