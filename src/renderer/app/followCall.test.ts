import { beforeEach, expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createLiveSnapshot } from '../../../test/support/people.ts'
import type { CallController } from '../controllers/contracts.ts'
import type { CallSnapshot } from '../core/call/callSnapshot.ts'
import { createNavigationStore, type NavigationStore } from '../stores/navigationStore.ts'
import { followCall } from './followCall.ts'

const live = createLiveSnapshot()
const { room } = live
const target = { roomId: room.id, name: room.name, hasPassword: room.hasPassword }
const ended = (reason: 'left' | 'lost'): CallSnapshot => ({
  kind: 'ended',
  roomId: room.id,
  roomName: room.name,
  reason,
})

const store = createStore<CallSnapshot>(() => ({ kind: 'idle' }))
const done = () => Promise.resolve()
const call: CallController = {
  store,
  joinAgain: () => Promise.resolve(),
  join: done,
  setMuted: done,
  setCameraOn: done,
  leave: done,
  retry: () => undefined,
  dismiss: () => store.setState({ kind: 'idle' }, true),
}
let navigation: NavigationStore

beforeEach(() => {
  store.setState({ kind: 'idle' }, true)
  navigation = createNavigationStore()
  navigation.go({ kind: 'prejoin', target })
})

test('a call that is live leads into the room, one that was left back to the lobby', () => {
  const end = followCall(call, navigation)
  store.setState(live, true)
  expect(navigation.store.getState().kind).toBe('room')
  store.setState(ended('left'), true)
  expect(navigation.store.getState()).toEqual({ kind: 'lobby' })
  expect(store.getState().kind).toBe('idle')
  end()
})

test('a call that was lost stays, to be told about', () => {
  const end = followCall(call, navigation)
  store.setState(live, true)
  store.setState(ended('lost'), true)
  expect(navigation.store.getState().kind).toBe('room')
  end()
})
