import { expect, test } from 'vitest'
import type { JoinOutcome, NearbyState } from '../../shared/nearby/nearbyState.ts'
import { createNearbyStore } from './nearbyStore.ts'

const roomId = '5b0e1c52-9a0f-4b43-8d47-3a3c2f3f8f10'
const code = '192.168.1.7:47310~mC0v7Vw0L3l2m1h9Qd5xGk8yYtZ3a6b4c2d1e0f9g8A~Zm9vYmFyYmF6cXV4LV9hYg'
const joined: NearbyState = {
  hosting: { kind: 'off', problem: null },
  guest: { kind: 'joined', hostName: 'Ada', isReachable: true },
}

function open(outcome: JoinOutcome | null) {
  let tell: (state: NearbyState) => void = () => undefined
  const nothing = () => undefined
  const store = createNearbyStore({
    watch: (listener) => {
      tell = listener
      return nothing
    },
    host: nothing,
    stopHosting: nothing,
    carried: () => Promise.resolve(null),
    join: () => Promise.resolve(outcome),
    leave: nothing,
    dismiss: nothing,
  })
  return { store, tell: (state: NearbyState) => tell(state) }
}

test('the room of the code is gone to once, and only as a guest', async () => {
  const { store, tell } = open('joined')
  expect(await store.join(`studyhall://host/${code}~${roomId}`)).toBe('joined')
  expect(store.takeRoom()).toBeNull()
  tell(joined)
  expect(store.takeRoom()).toBe(roomId)
  expect(store.takeRoom()).toBeNull()
})

test('a code without a room, or of a host who was not joined, leads into none', async () => {
  const without = open('joined')
  await without.store.join(code)
  without.tell(joined)
  expect(without.store.takeRoom()).toBeNull()
  const refused = open('refused')
  await refused.store.join(`${code}~${roomId}`)
  refused.tell(joined)
  expect(refused.store.takeRoom()).toBeNull()
})
