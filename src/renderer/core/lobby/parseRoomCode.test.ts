import { expect, test } from 'vitest'
import { parseRoomCode } from './parseRoomCode.ts'

const roomId = '8c518699-99ab-42a9-89ff-b5ba0cf27f36'
const inviteCode = 'Zm9vYmFyYmF6cXV4LV9hYg'
const hostCode = `192.168.1.7:47310~mC0v7Vw0L3l2m1h9Qd5xGk8yYtZ3a6b4c2d1e0f9g8A~${inviteCode}`
const page = 'https://abcdefgh.supabase.co/functions/v1/api/invitation'
const room = { kind: 'room', roomId }
const roomInvite = { kind: 'roomInvite', roomId, inviteCode }
const recurringInvite = { kind: 'recurringInvite', inviteCode }

test.each([
  [roomId, room],
  [`  ${roomId.toUpperCase()}\n`, room],
  [`studyhall://join/${roomId}`, room],
  [` studyhall://join/${roomId}?invite=${inviteCode} `, roomInvite],
  [`studyhall://join/${inviteCode}`, recurringInvite],
  [`${page}/join/${roomId}`, room],
  [` ${page}/join/${roomId}?invite=${inviteCode}\n`, roomInvite],
  [`${page}/join/${inviteCode}`, recurringInvite],
  [`https://example.org/invite/#join/${inviteCode}`, recurringInvite],
  [`http://example.org/invite/#join/${inviteCode}`, null],
  [inviteCode, { kind: 'unknownInvite', inviteCode }],
  [` ${inviteCode}\n`, { kind: 'unknownInvite', inviteCode }],
  [`${inviteCode}A`, null],
  [inviteCode.slice(1), null],
  // 22 letters, and no end that 128 bits could have.
  ['biology-of-small-words', null],
  ['deep_work_before_exams', null],
  [`https://join/${roomId}?invite=${inviteCode}`, null],
  [`studyhall://host/${hostCode}`, { kind: 'host', code: hostCode }],
  [` https://example.org/invite/#host/${hostCode}`, { kind: 'host', code: hostCode }],
  [` ${hostCode}\n`, { kind: 'host', code: hostCode }],
  [hostCode.slice(0, 30), null],
  [roomId.slice(1), null],
  [`${roomId}0`, null],
  ['maths', null],
  ['', null],
])('%j leads to %j', (text, expected) => {
  expect(parseRoomCode(text)).toEqual(expected)
})
