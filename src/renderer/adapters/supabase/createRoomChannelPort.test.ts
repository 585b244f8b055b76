import { REALTIME_SUBSCRIBE_STATES as States, type SupabaseClient } from '@supabase/supabase-js'
import { expect, test } from 'vitest'
import { createFakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import type { RoomChannelHandlers } from '../../core/ports/roomChannel.ts'
import { createRoomChannelPort, readPresence } from './createRoomChannelPort.ts'

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

/** As much of supabase-js as a room channel uses; `join` is the server's answer to the channel that was opened last. */
function openRoom() {
  const clock = createFakeClock()
  const tracked: string[] = []
  let tell: (state: States) => void = () => undefined
  const client = {
    realtime: { setAuth: () => Promise.resolve(), endPoint: 'wss://presence.test/realtime/v1/websocket' },
    channel(topic: string) {
      const channel = {
        on: () => channel,
        subscribe: (callback: (state: States) => void) => (tell = callback),
        track: () => Promise.resolve(tracked.push(topic)),
      }
      return channel
    },
    removeChannel: () => Promise.resolve('ok'),
  }
  const nothing = (): void => undefined
  const keeper = { reconnect: nothing, check: nothing, dispose: nothing }
  // Only what is listed above is ever reached.
  const port = createRoomChannelPort(client as unknown as SupabaseClient, keeper, clock)
  const handlers = { handleStatus: nothing } as unknown as RoomChannelHandlers
  const open = async (topic: string) => {
    const channel = port.open(topic, { userId, connectionId }, handlers)
    await clock.advanceAsync(0)
    return channel
  }
  return { clock, tracked, open, join: () => tell(States.SUBSCRIBED), lose: () => tell(States.CHANNEL_ERROR) }
}

test('presence is told with each join, as often as Realtime takes it over one socket, and then with the latest alone', async () => {
  const { clock, tracked, open, join, lose } = openRoom()
  await open('room:1')
  for (let joins = 0; joins < 7; joins += 1) {
    join()
    lose()
  }
  join()
  expect(tracked).toHaveLength(4)
  await clock.advanceAsync(31_000)
  expect(tracked).toHaveLength(5)
})

test('what waits for a join is not said to a channel that is lost', async () => {
  const { clock, tracked, open, join, lose } = openRoom()
  await open('room:1')
  for (let joins = 0; joins < 5; joins += 1) join()
  lose()
  await clock.advanceAsync(31_000)
  expect(tracked).toHaveLength(4)
})

test('a room that goes on under another topic counts along, and what waited for the old one is not said', async () => {
  const { clock, tracked, open, join } = openRoom()
  const first = await open('room:1')
  for (let joins = 0; joins < 5; joins += 1) join()
  first.close()
  await open('room:1:1')
  join()
  await clock.advanceAsync(31_000)
  expect(tracked).toEqual(['room:1', 'room:1', 'room:1', 'room:1', 'room:1:1'])
})
