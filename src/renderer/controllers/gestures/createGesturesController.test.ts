import { describe, expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createFakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import { createLiveSnapshot, createPersonSnapshot } from '../../../../test/support/people.ts'
import type { Reaction } from '../../../shared/domain/reaction.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import { REACTION_SHOWN_MS, REACTIONS_MAX_COUNT } from '../../core/gestures/reactionBoard.ts'
import type { RoomNews } from '../../core/ports/roomNews.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import type { PeopleSnapshot } from '../contracts.ts'
import { createGesturesController } from './createGesturesController.ts'

const refused: RoomsFailure = { kind: 'rate_limited', message: '', retryAfterMs: 5_000 }

function openScene() {
  const clock = createFakeClock()
  const call = createStore<CallSnapshot>(() =>
    createLiveSnapshot({ others: [createPersonSnapshot('Ben'), createPersonSnapshot('Chloe')] }),
  )
  const people = createStore<PeopleSnapshot>(() => ({
    isBusy: false,
    failure: null,
    done: null,
    blockedIds: [],
  }))
  const listeners = new Set<(news: RoomNews) => void>()
  const sent: Reaction[] = []
  const asked: string[] = []
  const answers: ((answer: Result<void, RoomsFailure>) => void)[] = []
  const scene = { isQuiet: false }
  const gestures = createGesturesController({
    port: {
      setHand(_room, isRaised) {
        asked.push(isRaised ? 'up' : 'down')
        return new Promise((resolve) => answers.push(resolve))
      },
      lowerHand(_room, userId) {
        asked.push(`lower ${userId}`)
        return new Promise((resolve) => answers.push(resolve))
      },
    },
    call: {
      store: call,
      subscribeToNews(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      sendReaction: (reaction) => void sent.push(reaction),
    },
    people,
    isQuiet: () => scene.isQuiet,
    clock,
  })
  const live = (changes: Parameters<typeof createLiveSnapshot>[0]) =>
    call.setState({ ...createLiveSnapshot({ others: snapshotOthers() }), ...changes }, true)
  function snapshotOthers() {
    const now = call.getState()
    return now.kind === 'live' ? now.others : []
  }
  return {
    scene,
    clock,
    call,
    people,
    sent,
    asked,
    gestures,
    live,
    state: () => gestures.store.getState(),
    receive: (connectionId: string, reaction: Reaction) => {
      for (const listener of listeners) listener({ kind: 'reactionReceived', connectionId, reaction })
    },
    answer: async (value: Result<void, RoomsFailure> = ok(undefined)) => {
      answers.shift()?.(value)
      await new Promise<void>((resolve) => {
        setImmediate(resolve)
      })
    },
    self: (handRaisedAt: string | null) => ({
      self: { ...createLiveSnapshot().self, handRaisedAt },
    }),
  }
}

describe('a reaction', () => {
  test('of somebody in the room stands for its time and is told after a moment', () => {
    const { receive, state, clock } = openScene()
    receive('Ben', 'heart')
    expect(state().shown).toMatchObject({ Ben: { reaction: 'heart' } })
    expect(state().news).toBeNull()
    clock.advance(1_000)
    expect(state().news).toEqual({ reaction: 'heart', names: ['Ben'] })
    clock.advance(REACTION_SHOWN_MS)
    expect(state().shown).toEqual({})
    expect(clock.pendingCount()).toBe(0)
  })

  test('of a stranger, in our own name, or of somebody blocked is not shown', () => {
    const { receive, state, people, clock } = openScene()
    people.setState({ blockedIds: ['user-Chloe'] })
    for (const from of ['Mallory', 'Ada', 'Chloe']) receive(from, 'laugh')
    expect(state().shown).toEqual({})
    expect(clock.pendingCount()).toBe(0)
  })

  test('is shown and not told in a focus phase', () => {
    const { receive, state, scene, clock } = openScene()
    scene.isQuiet = true
    receive('Ben', 'idea')
    expect(state().shown).toMatchObject({ Ben: { reaction: 'idea' } })
    clock.advance(60_000)
    expect(state().news).toBeNull()
  })

  test('of our own is sent and seen at once, and no faster than others show it', () => {
    const { gestures, sent, state } = openScene()
    for (let press = 0; press < 20; press += 1) gestures.react('thumbsUp')
    expect(sent).toHaveLength(REACTIONS_MAX_COUNT)
    expect(state().shown).toMatchObject({ Ada: { reaction: 'thumbsUp', number: REACTIONS_MAX_COUNT } })
  })

  test('ends with the call', () => {
    const { receive, call, state, clock, gestures, sent } = openScene()
    receive('Ben', 'heart')
    call.setState({ kind: 'idle' }, true)
    expect(state().shown).toEqual({})
    expect(clock.pendingCount()).toBe(0)
    gestures.react('heart')
    expect(sent).toEqual([])
  })
})

describe('our hand', () => {
  test('is up as soon as we want it, and is what the room says from then on', async () => {
    const { gestures, state, asked, answer, live, self } = openScene()
    void gestures.toggleHand()
    expect([state().handWish, asked]).toEqual([true, ['up']])
    await answer()
    expect(state().handWish).toBe(true)
    live(self('2026-11-27T09:00:00Z'))
    expect(state().handWish).toBeNull()
    live(self(null))
    expect(state().handWish).toBeNull()
  })

  test('goes where it was wanted last, one request at a time', async () => {
    const { gestures, state, asked, answer } = openScene()
    void gestures.toggleHand()
    void gestures.toggleHand()
    void gestures.toggleHand()
    void gestures.toggleHand()
    expect([state().handWish, asked]).toEqual([false, ['up']])
    await answer()
    expect(asked).toEqual(['up', 'down'])
    await answer()
    expect([state().handWish, asked]).toEqual([null, ['up', 'down']])
  })

  test('is down where it was lowered again before the answer to raising it came', async () => {
    const { gestures, state, answer, live, self } = openScene()
    void gestures.toggleHand()
    live(self('2026-11-27T09:00:00Z'))
    live(self(null))
    await answer()
    expect(state().handWish).toBeNull()
  })

  test('is raised in the room that we are in, though the one before has not answered yet', async () => {
    const { gestures, state, asked, answer, call, live } = openScene()
    void gestures.toggleHand()
    call.setState({ kind: 'idle' }, true)
    const { room } = createLiveSnapshot()
    live({ room: { ...room, id: 'another' } })
    void gestures.toggleHand()
    await answer()
    expect([state().handWish, asked]).toEqual([true, ['up', 'up']])
  })

  test('that could not be raised is down, and why is said until the next try', async () => {
    const { gestures, state, answer } = openScene()
    void gestures.toggleHand()
    await answer(err(refused))
    expect(state()).toMatchObject({ handWish: null, failure: { kind: 'rate_limited' } })
    void gestures.toggleHand()
    expect(state().failure).toBeNull()
  })
})

test('lowering somebody’s hand that has gone with them is no failure', async () => {
  const { gestures, state, asked, answer } = openScene()
  void gestures.lowerHand('user-Ben')
  await answer(err({ kind: 'not_found', message: '', retryAfterMs: null }))
  expect([asked, state().failure]).toEqual([['lower user-Ben'], null])
  void gestures.lowerHand('user-Ben')
  await answer(err({ kind: 'not_creator', message: '', retryAfterMs: null }))
  expect(state().failure?.kind).toBe('not_creator')
})
