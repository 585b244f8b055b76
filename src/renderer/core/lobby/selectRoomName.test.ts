import { expect, test } from 'vitest'
import { createRoomSummary } from '../../../../test/support/rooms.ts'
import { emptyLobbyList, transitionLobbyList } from './lobbyList.ts'
import { selectRoomName } from './selectRoomName.ts'

const law = createRoomSummary('Law')
const list = transitionLobbyList(emptyLobbyList, {
  kind: 'pageRead',
  page: 'first',
  rooms: [law],
  order: 'lively',
  hasMore: false,
})
const seen = {
  lists: [emptyLobbyList, list],
  recurring: [
    { liveRoomId: null, name: 'Tomorrow' },
    { liveRoomId: 'b', name: 'Thesis hour' },
  ],
}

test.each([
  [law.id, 'Law'],
  ['b', 'Thesis hour'],
  ['c', null],
])('of %s the name is %s', (roomId, name) => {
  expect(selectRoomName(roomId, seen)).toBe(name)
})
