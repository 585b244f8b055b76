import { describe, expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createFakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import { createLiveSnapshot } from '../../../../test/support/people.ts'
import type { AdmissionState } from '../../../shared/api/admission.ts'
import type { Admission } from '../../../shared/domain/admission.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { AdmissionPort } from '../../core/ports/admission.ts'
import type { RoomNews } from '../../core/ports/roomNews.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import type { PeopleSnapshot } from '../contracts.ts'
import { createAdmissionController } from './createAdmissionController.ts'
import { createDoorController } from './createDoorController.ts'

const failure = (kind: RoomsFailure['kind'], retryAfterMs: number | null = null): RoomsFailure => ({
  kind,
  message: '',
  retryAfterMs,
})
const refused = (kind: RoomsFailure['kind'], roomId = 'library'): CallSnapshot => ({
  kind: 'refused',
  roomId,
  failure: failure(kind),
})
const person = (name: string): Admission => ({
  userId: `user-${name}`,
  displayName: name,
  askedAt: '2026-11-27T09:00:00Z',
})

function createPort() {
  const asked: string[] = []
  const scene = {
    state: ok('waiting') as Result<AdmissionState, RoomsFailure>,
    decision: ok(undefined) as Result<void, RoomsFailure>,
    listed: [] as readonly Admission[],
    /** Answers come after this. */
    delay: Promise.resolve(),
  }
  const note = <T>(what: string, answer: T): Promise<T> => {
    asked.push(what)
    return Promise.resolve(answer)
  }
  const port: AdmissionPort = {
    async await(roomId) {
      await scene.delay
      return note(`await ${roomId}`, scene.state)
    },
    cancel: (roomId) => note(`cancel ${roomId}`, ok(undefined)),
    async list(roomId) {
      const { listed } = scene
      await scene.delay
      return note(`list ${roomId}`, ok(listed))
    },
    decide: (_room, userId, isAdmitted) =>
      note(`${isAdmitted ? 'admit' : 'refuse'} ${userId}`, scene.decision),
  }
  return { port, scene, asked }
}

function openWaiting() {
  const { port, scene, asked } = createPort()
  const clock = createFakeClock()
  const call = createStore<CallSnapshot>(() => ({ kind: 'idle' }))
  const admission = createAdmissionController({
    port,
    clock,
    call: {
      store: call,
      joinAgain: () => {
        asked.push('join again')
        call.setState({ kind: 'joining', roomId: 'library' }, true)
        return Promise.resolve()
      },
      dismiss: () => call.setState({ kind: 'idle' }, true),
    },
  })
  return { scene, asked, clock, call, admission, waiting: () => admission.store.getState().waiting }
}

describe('somebody at the door', () => {
  test('asks every few seconds, and joins by themselves once they are let in', async () => {
    const { call, clock, asked, scene, waiting } = openWaiting()
    call.setState(refused('admission_needed'), true)
    expect(waiting()).toEqual({ kind: 'waiting', roomId: 'library', isOffline: false })
    await clock.advanceAsync(6_500)
    expect(asked).toEqual(['await library', 'await library'])
    scene.state = ok('admitted')
    await clock.advanceAsync(3_000)
    expect(asked.at(-1)).toBe('join again')
    expect(waiting()).toEqual({ kind: 'admitted', roomId: 'library' })
    call.setState(createLiveSnapshot(), true)
    expect(waiting()).toEqual({ kind: 'none' })
    expect(clock.pendingCount()).toBe(0)
  })

  test.each([
    ['refused', 'refused'],
    ['none', 'over'],
  ] as const)('who is answered %s waits no more', async (state, kind) => {
    const { call, clock, scene, waiting, asked } = openWaiting()
    call.setState(refused('admission_needed'), true)
    scene.state = ok(state)
    await clock.advanceAsync(60_000)
    expect(waiting()).toEqual({ kind, roomId: 'library' })
    expect(asked).toEqual(['await library'])
  })

  test('goes on waiting through an outage, and says so', async () => {
    const { call, clock, scene, waiting } = openWaiting()
    call.setState(refused('admission_needed'), true)
    scene.state = err(failure('unreachable'))
    await clock.advanceAsync(3_000)
    expect(waiting()).toMatchObject({ kind: 'waiting', isOffline: true })
    scene.state = err(failure('rate_limited', 10_000))
    await clock.advanceAsync(3_000)
    expect(waiting()).toMatchObject({ kind: 'waiting', isOffline: false })
    scene.state = ok('waiting')
    await clock.advanceAsync(10_000)
    expect(waiting()).toMatchObject({ kind: 'waiting', isOffline: false })
  })

  test('may go away, which those inside are told, and an answer that comes then opens nothing', async () => {
    const { call, clock, asked, scene, admission, waiting } = openWaiting()
    call.setState(refused('admission_needed'), true)
    scene.state = ok('admitted')
    admission.cancel()
    expect(call.getState().kind).toBe('idle')
    await clock.advanceAsync(10_000)
    expect(asked).toEqual(['cancel library'])
    expect(waiting()).toEqual({ kind: 'none' })
  })

  test('who goes away and comes again waits anew, whatever the earlier asking is answered', async () => {
    const { call, clock, scene, admission, waiting } = openWaiting()
    let answer = (): void => undefined
    scene.delay = new Promise((resolve) => (answer = resolve))
    call.setState(refused('admission_needed'), true)
    await clock.advanceAsync(3_000)
    admission.cancel()
    call.setState(refused('admission_needed'), true)
    // The first asking is over, because it was given up.
    scene.state = ok('none')
    answer()
    await clock.advanceAsync(0)
    expect(waiting()).toEqual({ kind: 'waiting', roomId: 'library', isOffline: false })
  })

  test('leaves no asking behind when the page before joining closes', () => {
    const { call, asked, admission, clock } = openWaiting()
    call.setState(refused('admission_needed'), true)
    admission.dispose()
    expect(asked).toEqual(['cancel library'])
    expect(clock.pendingCount()).toBe(0)
  })

  test('is told at once who was told "not now" a moment ago; other refusals are not waited for', () => {
    const { call, waiting } = openWaiting()
    call.setState(refused('admission_refused'), true)
    expect(waiting()).toEqual({ kind: 'refused', roomId: 'library' })
    call.setState(refused('room_locked'), true)
    expect(waiting()).toEqual({ kind: 'none' })
  })
})

function openDoor() {
  const { port, scene, asked } = createPort()
  const { room } = createLiveSnapshot()
  const withDoor = {
    ...room,
    privacy: 'private' as const,
    settings: { ...room.settings, waitingRoom: true },
  }
  const call = createStore<CallSnapshot>(() =>
    createLiveSnapshot({ room: withDoor, signaling: 'connecting' }),
  )
  const people = createStore<PeopleSnapshot>(() => ({
    isBusy: false,
    failure: null,
    done: null,
    blockedIds: ['user-Mallory'],
  }))
  const listeners = new Set<(news: RoomNews) => void>()
  const door = createDoorController({
    port,
    people,
    call: {
      store: call,
      subscribeToNews(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
  })
  const tell = (admissions: readonly Admission[]) => {
    for (const listener of listeners) listener({ kind: 'admissionsChanged', admissions })
  }
  return {
    scene,
    asked,
    call,
    door,
    tell,
    withDoor,
    room,
    people,
    names: () => door.store.getState().waiting.map(({ displayName }) => displayName),
  }
}

describe('those inside', () => {
  test('read who waits whenever the channel is joined, and are told from then on', async () => {
    const { call, withDoor, scene, names, tell, asked } = openDoor()
    scene.listed = [person('Ben'), person('Mallory')]
    call.setState(createLiveSnapshot({ room: withDoor, signaling: 'joined' }), true)
    await new Promise((resolve) => setImmediate(resolve))
    expect([asked, names()]).toEqual([['list library'], ['Ben']])
    tell([person('Ben'), person('Chloe')])
    expect(names()).toEqual(['Ben', 'Chloe'])
    call.setState({ kind: 'idle' }, true)
    expect(names()).toEqual([])
  })

  test('what is told while the list is being read is newer than the list', async () => {
    const { call, withDoor, scene, names, tell } = openDoor()
    let answer = (): void => undefined
    scene.delay = new Promise((resolve) => (answer = resolve))
    scene.listed = [person('Ben')]
    call.setState(createLiveSnapshot({ room: withDoor, signaling: 'joined' }), true)
    tell([person('Chloe')])
    answer()
    await new Promise((resolve) => setImmediate(resolve))
    expect(names()).toEqual(['Chloe'])
  })

  test('do not see whom they have blocked, whenever that becomes known', async () => {
    const { tell, names, people, door } = openDoor()
    tell([person('Ben'), person('Mallory')])
    people.setState({ blockedIds: ['user-Ben'] })
    expect(names()).toEqual(['Mallory'])
    await door.decide('user-Mallory', true)
    people.setState({ blockedIds: [] })
    expect(names()).toEqual(['Ben'])
  })

  test('ask nothing where the room has no door, and forget who waited when it is taken away', () => {
    const { call, room, asked, tell, names } = openDoor()
    tell([person('Ben')])
    call.setState(createLiveSnapshot({ room, signaling: 'joined' }), true)
    expect([asked, names()]).toEqual([[], []])
  })

  test('decide once; that somebody else was quicker is no failure, that it did not work is', async () => {
    const { door, tell, names, asked, scene } = openDoor()
    tell([person('Ben'), person('Chloe'), person('Dan')])
    await door.decide('user-Ben', true)
    scene.decision = err(failure('not_found'))
    await door.decide('user-Chloe', false)
    expect([names(), door.store.getState().failure]).toEqual([['Dan'], null])
    scene.decision = err(failure('unreachable'))
    await door.decide('user-Dan', true)
    expect([names(), door.store.getState().failure?.kind]).toEqual([['Dan'], 'unreachable'])
    expect(asked).toEqual(['admit user-Ben', 'refuse user-Chloe', 'admit user-Dan'])
  })
})
