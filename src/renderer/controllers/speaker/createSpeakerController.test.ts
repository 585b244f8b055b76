import { beforeEach, expect, test } from 'vitest'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { createFakeClock, type FakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import { createLiveSnapshot, createPersonSnapshot } from '../../../../test/support/people.ts'
import type { CallSnapshot, PersonSnapshot } from '../../core/call/callSnapshot.ts'
import type { SpeakerController } from '../contracts.ts'
import { createSpeakerController } from './createSpeakerController.ts'

let clock: FakeClock
let call: StoreApi<CallSnapshot>
let listener: ((levels: ReadonlyMap<string, number>) => void) | null
let controller: SpeakerController
let ignored: string | null

const person = (name: string, isMuted = false): PersonSnapshot =>
  createPersonSnapshot(name, { mediaState: { isMuted, isVideoOff: false, isScreensharing: false } })

const live = (...others: readonly PersonSnapshot[]) => createLiveSnapshot({ others })

function hear(levels: Readonly<Record<string, number>>, durationMs: number): void {
  for (let passed = 0; passed < durationMs; passed += 200) {
    clock.advance(200)
    listener?.(new Map(Object.entries(levels)))
  }
}

beforeEach(() => {
  clock = createFakeClock()
  call = createStore<CallSnapshot>(() => live(person('Ben'), person('Chloe')))
  listener = null
  ignored = null
  controller = createSpeakerController({
    call,
    clock,
    isFollowed: (userId) => userId !== ignored,
    speech: {
      subscribe(next) {
        listener = next
        return () => {
          listener = null
        }
      },
    },
  })
})

test('nothing is measured while nobody follows', () => {
  const endFirst = controller.follow()
  const endSecond = controller.follow()
  expect(listener).not.toBeNull()
  endFirst()
  endFirst()
  expect(listener).not.toBeNull()
  endSecond()
  expect(listener).toBeNull()
})

test('who speaks is told, who is muted or not in the room is not', () => {
  controller.follow()
  hear({ Ben: 0.1, Chloe: 0 }, 3_000)
  expect(controller.store.getState().connectionId).toBe('Ben')
  call.setState(live(person('Ben', true), person('Chloe')), true)
  hear({ Ben: 0.9, Chloe: 0.1, Eve: 1 }, 6_000)
  expect(controller.store.getState().connectionId).toBe('Chloe')
  call.setState({ kind: 'idle' }, true)
  hear({ Chloe: 0.1 }, 200)
  expect(controller.store.getState().connectionId).toBeNull()
})

test('who spoke last stays, and speaks no more after a while; nobody does while nothing is measured', () => {
  const end = controller.follow()
  hear({ Ben: 0.1 }, 3_000)
  expect(controller.store.getState()).toEqual({ connectionId: 'Ben', isSpeaking: true })
  hear({ Ben: 0 }, 4_000)
  expect(controller.store.getState()).toEqual({ connectionId: 'Ben', isSpeaking: false })
  hear({ Ben: 0.1 }, 1_000)
  expect(controller.store.getState().isSpeaking).toBe(true)
  end()
  expect(controller.store.getState()).toEqual({ connectionId: 'Ben', isSpeaking: false })
})

test('whoever is hidden or silenced takes nobody’s place', () => {
  ignored = 'user-Ben'
  controller.follow()
  hear({ Ben: 0.9, Chloe: 0.1 }, 6_000)
  expect(controller.store.getState().connectionId).toBe('Chloe')
})
