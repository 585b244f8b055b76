import { Room, RoomEvent } from 'livekit-client'
import { expect, test, vi } from 'vitest'
import { limitReceivers } from './limitReceivers.ts'

function scene() {
  const shutOut = new Set<string>()
  const listeners = new Set<() => void>()
  const room = new Room()
  const said = vi.spyOn(room.localParticipant, 'setTrackSubscriptionPermissions')
  const limit = limitReceivers(room, ['Ada'], {
    seesUs: (connectionId) => !shutOut.has(connectionId),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  })
  const block = (connectionId: string, isBlocked: boolean) => {
    if (isBlocked) shutOut.add(connectionId)
    else shutOut.delete(connectionId)
    for (const listener of listeners) listener()
  }
  return { room, said, limit, block, listeners }
}

const ada = { participantIdentity: 'Ada', allowAll: true }
const benHears = { participantIdentity: 'Ben', allowAll: false, allowedTrackSids: [] }
const ben = { participantIdentity: 'Ben', allowAll: true }

test('who may receive is said with every connection, not with the first alone', () => {
  const { room, said } = scene()
  room.emit(RoomEvent.SignalConnected)
  room.emit(RoomEvent.SignalConnected)
  expect(said.mock.calls).toEqual([
    [false, [ada]],
    [false, [ada]],
  ])
})

test('it is said before whoever publishes on the same word can', () => {
  const { room, said } = scene()
  let saidBefore = 0
  room.once(RoomEvent.SignalConnected, () => (saidBefore = said.mock.calls.length))
  room.emit(RoomEvent.SignalConnected)
  expect(saidBefore).toBe(1)
})

test('somebody who may not see us stays so when people come and go', () => {
  const { said, limit, block } = scene()
  limit.setReceivers(['Ada', 'Ben'])
  block('Ben', true)
  expect(said).toHaveBeenLastCalledWith(false, [ada, benHears])
  limit.setReceivers(['Ben'])
  expect(said).toHaveBeenLastCalledWith(false, [benHears])
})

test('letting them see us again lets in nobody else', () => {
  const { said, limit, block } = scene()
  limit.setReceivers(['Ada', 'Ben'])
  block('Ben', true)
  block('Ben', false)
  expect(said).toHaveBeenLastCalledWith(false, [ada, ben])
  expect(said.mock.calls.some(([everybody]) => everybody)).toBe(false)
})

test('who may only hear us gets what is published later, too, and is not told of again where there is nobody like that', () => {
  const { room, said, block } = scene()
  // No more of a publication is read.
  room.localParticipant.trackPublications.set('voice', { kind: 'audio', trackSid: 'voice' } as never)
  room.emit(RoomEvent.LocalTrackPublished, {} as never, room.localParticipant)
  expect(said).not.toHaveBeenCalled()
  block('Ada', true)
  room.localParticipant.trackPublications.set('later', { kind: 'audio', trackSid: 'later' } as never)
  room.emit(RoomEvent.LocalTrackPublished, {} as never, room.localParticipant)
  expect(said).toHaveBeenLastCalledWith(false, [
    { participantIdentity: 'Ada', allowAll: false, allowedTrackSids: ['voice', 'later'] },
  ])
})

test('nothing is said once it is over', () => {
  const { limit, listeners } = scene()
  limit.release()
  expect(listeners.size).toBe(0)
})
