import { expect, test } from 'vitest'
import { readPresence } from './createRoomChannelPort.ts'

const userId = '11111111-1111-4111-8111-111111111111'
const connectionId = '22222222-2222-4222-8222-222222222222'
const entry = { userId, connectionId, presence_ref: 'x' }

test('presence lists each connection once, by its latest entry', () => {
  const before = { ...entry, userId: '33333333-3333-4333-8333-333333333333' }
  expect(readPresence({ [connectionId]: [before, entry] })).toEqual([{ userId, connectionId }])
})

test.each([
  ['somebody under the key of another', { [userId]: [entry] }],
  ['something that is no presence', { [connectionId]: [{ hello: 'world' }] }],
  ['nothing', { [connectionId]: [] }],
])('presence leaves out %s', (_what, state) => {
  expect(readPresence(state)).toEqual([])
})
