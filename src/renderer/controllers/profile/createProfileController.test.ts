import { expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createFakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { AuthState } from '../../core/ports/auth.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import { createProfileController } from './createProfileController.ts'

const ada: AuthState = { kind: 'signedIn', account: { userId: 'ada', displayName: 'Ada' } }
const away = err<RoomsFailure>({ kind: 'unreachable', message: '', retryAfterMs: null })

function open(state: AuthState = ada) {
  const clock = createFakeClock()
  const account = createStore<AuthState>(() => state)
  const scene = {
    reads: [] as string[],
    sets: [] as (string | null)[],
    readAnswer: ok('cat-moss') as Result<string | null, RoomsFailure>,
    setAnswers: [] as Promise<Result<void, RoomsFailure>>[],
  }
  const profile = createProfileController({
    clock,
    account,
    port: {
      readAvatar(userId) {
        scene.reads.push(userId)
        return Promise.resolve(scene.readAnswer)
      },
      setAvatar(avatar) {
        scene.sets.push(avatar)
        return scene.setAnswers.shift() ?? Promise.resolve(ok(undefined))
      },
    },
  })
  return { ...scene, scene, clock, account, profile, avatar: () => profile.store.getState().avatar }
}

test('the own picture is read when somebody is signed in, and forgotten with them', async () => {
  const { account, avatar, clock, scene } = open({ kind: 'signedOut' })
  await clock.advanceAsync(0)
  expect(scene.reads).toEqual([])
  account.setState(ada, true)
  await clock.advanceAsync(0)
  expect([scene.reads, avatar()]).toEqual([['ada'], 'cat-moss'])
  account.setState({ kind: 'signedOut' }, true)
  expect(avatar()).toBeNull()
})

test('what could not be read is asked for again, with growing pauses, and initials stand meanwhile', async () => {
  const { account, avatar, clock, scene, profile } = open({ kind: 'signedOut' })
  scene.readAnswer = away
  account.setState(ada, true)
  await clock.advanceAsync(0)
  expect([scene.reads.length, avatar()]).toEqual([1, null])
  await clock.advanceAsync(2_000)
  expect(scene.reads).toHaveLength(2)
  scene.readAnswer = ok('cat-moss')
  await clock.advanceAsync(10_000)
  expect([scene.reads.length, avatar()]).toEqual([3, 'cat-moss'])
  profile.dispose()
  expect(clock.pendingCount()).toBe(0)
})

test('a choice is shown at once, and put back with the reason where it is refused', async () => {
  const { avatar, clock, scene, profile } = open()
  await clock.advanceAsync(0)
  scene.setAnswers = [Promise.resolve(away)]
  const asked = profile.setAvatar('owl-red')
  expect(avatar()).toBe('owl-red')
  await asked
  expect(profile.store.getState()).toMatchObject({ avatar: 'cat-moss', failure: { kind: 'unreachable' } })
  await profile.setAvatar(null)
  expect(profile.store.getState()).toEqual({ avatar: null, failure: null })
  expect(scene.sets).toEqual(['owl-red', null])
})

test('of two choices in a breath the later one stands, whatever becomes of the earlier one', async () => {
  const { avatar, clock, scene, profile } = open()
  await clock.advanceAsync(0)
  let refuse: (answer: Result<void, RoomsFailure>) => void = () => undefined
  scene.setAnswers = [new Promise((resolve) => (refuse = resolve))]
  const first = profile.setAvatar('dog-clay')
  await profile.setAvatar('fish-rose')
  refuse(away)
  await first
  expect(profile.store.getState()).toEqual({ avatar: 'fish-rose', failure: null })
  expect(avatar()).toBe('fish-rose')
})

test('a choice that is refused before the picture was read leaves the picture', async () => {
  const { avatar, clock, scene, profile } = open()
  scene.setAnswers = [Promise.resolve(away)]
  await profile.setAvatar('owl-red')
  await clock.advanceAsync(0)
  expect(avatar()).toBe('cat-moss')
  expect(profile.store.getState().failure).toMatchObject({ kind: 'unreachable' })
})

test('what one person chose is not taken for what the next one has', async () => {
  const { account, avatar, clock, scene, profile } = open()
  await clock.advanceAsync(0)
  let take: (answer: Result<void, RoomsFailure>) => void = () => undefined
  scene.setAnswers = [new Promise((resolve) => (take = resolve)), Promise.resolve(away)]
  const adas = profile.setAvatar('dog-clay')
  scene.readAnswer = away
  account.setState({ kind: 'signedIn', account: { userId: 'ben', displayName: 'Ben' } }, true)
  take(ok(undefined))
  await adas
  await profile.setAvatar('fish-rose')
  expect(avatar()).toBeNull()
})
