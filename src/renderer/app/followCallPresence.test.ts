import { beforeEach, expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createLiveSnapshot } from '../../../test/support/people.ts'
import type { CallSnapshot } from '../core/call/callSnapshot.ts'
import { type ActiveCall, type ActiveCallStore, createActiveCallStore } from '../stores/activeCallStore.ts'
import { followCallPresence } from './followCallPresence.ts'

const live = createLiveSnapshot()
let activeCall: ActiveCallStore
let told: boolean[]

function openCall() {
  const store = createStore<CallSnapshot>(() => ({ kind: 'idle' }))
  activeCall.set({ call: { store } } as unknown as ActiveCall)
  return (snapshot: CallSnapshot) => store.setState(snapshot, true)
}

beforeEach(() => {
  activeCall = createActiveCallStore()
  told = []
  followCallPresence(activeCall, (isInCall) => told.push(isInCall))
})

test('a new page is in no call', () => {
  expect(told).toEqual([false])
})

test('a call is on from joining to its end, also where the room still says why it ended', () => {
  const become = openCall()
  expect(told).toEqual([false])
  become({ kind: 'joining', roomId: live.room.id })
  become(live)
  become({ ...live, signaling: 'reconnecting' })
  become({ kind: 'ended', roomId: live.room.id, roomName: live.room.name, reason: 'removed' })
  expect(told).toEqual([false, true, false])
})

test('who is refused is in no call', () => {
  const become = openCall()
  become({ kind: 'joining', roomId: live.room.id })
  become({
    kind: 'refused',
    roomId: live.room.id,
    failure: { kind: 'not_found', message: '', retryAfterMs: null },
  })
  expect(told).toEqual([false, true, false])
})

test('a call that is taken away is over, and says nothing more', () => {
  const become = openCall()
  become(live)
  activeCall.set(null)
  become({ kind: 'joining', roomId: live.room.id })
  expect(told).toEqual([false, true, false])
})
