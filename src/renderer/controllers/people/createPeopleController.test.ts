import { beforeEach, expect, test } from 'vitest'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { createLiveSnapshot } from '../../../../test/support/people.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { ModerationPort } from '../../core/ports/moderation.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import type { PeopleController } from '../contracts.ts'
import { createPeopleController } from './createPeopleController.ts'

const { room } = createLiveSnapshot()
const mia = { userId: 'mia', displayName: 'Mia' }

let call: StoreApi<CallSnapshot>
let asked: string[]
let answer: () => Promise<Result<void, RoomsFailure>>
let people: PeopleController & { dispose(): void }

beforeEach(() => {
  call = createStore<CallSnapshot>(() => createLiveSnapshot())
  asked = []
  answer = () => Promise.resolve(ok(undefined))
  const say = (what: string) => {
    asked.push(what)
    return answer()
  }
  const port: ModerationPort = {
    mute: (_roomId, userId) => say(`mute ${userId}`),
    remove: (_roomId, userId) => say(`remove ${userId}`),
    ban: (_roomId, userId) => say(`ban ${userId}`),
    transfer: (_roomId, userId) => say(`transfer ${userId}`),
    setLocked: (_roomId, isLocked) => say(`lock ${isLocked}`),
    block: (userId) => say(`block ${userId}`),
    unblock: (userId) => say(`unblock ${userId}`),
    blockedIds: () => Promise.resolve(ok(['jon'])),
    report: (_roomId, userId, { reason }) => say(`report ${userId} ${reason}`),
  }
  people = createPeopleController({ port, call: { store: call } })
})

test('what is done is told, until the next thing', async () => {
  await people.mute(mia)
  expect(people.store.getState()).toMatchObject({ isBusy: false, done: { kind: 'muted', name: 'Mia' } })
  await people.setLocked(true)
  expect(people.store.getState().done).toBeNull()
  expect(asked).toEqual(['mute mia', 'lock true'])
})

test('one thing at a time', async () => {
  let settle: (value: Result<void, RoomsFailure>) => void = () => undefined
  answer = () => new Promise((resolve) => (settle = resolve))
  const first = people.remove(mia)
  await people.ban(mia)
  settle(ok(undefined))
  await first
  expect(asked).toEqual(['remove mia'])
  expect(people.store.getState().done).toMatchObject({ kind: 'removed' })
})

test('a refusal is told, and nothing is taken for done', async () => {
  answer = () => Promise.resolve(err({ kind: 'not_creator', message: '', retryAfterMs: null }))
  await people.transfer(mia)
  expect(people.store.getState()).toMatchObject({ done: null, failure: { kind: 'not_creator' } })
  await people.block(mia)
  expect(people.store.getState().blockedIds).toEqual([])
  expect(await people.report(mia, { reason: 'spam', details: '' })).toBe(false)
})

test('who was blocked stays so after the room', async () => {
  await people.block(mia)
  call.setState({ kind: 'ended', roomId: room.id, roomName: room.name, reason: 'left' }, true)
  expect(people.store.getState()).toMatchObject({ blockedIds: ['mia'], done: null })
  await people.mute(mia)
  expect(asked).toEqual(['block mia'])
})

test('who was blocked before is known from the database, whenever the channel is joined', async () => {
  const joined = call.getState()
  call.setState({ kind: 'idle' }, true)
  await people.block(mia)
  expect(people.store.getState().blockedIds).toEqual([])
  call.setState(joined, true)
  await people.block(mia)
  expect(people.store.getState().blockedIds).toEqual(['jon', 'mia'])
})

test('who is blocked is asked while we are let in, before anybody can be seen or heard', async () => {
  call.setState({ kind: 'joining', roomId: room.id }, true)
  await expect.poll(() => people.store.getState().blockedIds).toEqual(['jon'])
})

test('who is unblocked is not blocked any more, also where the database had been asked before', async () => {
  call.setState({ kind: 'joining', roomId: room.id }, true)
  await expect.poll(() => people.store.getState().blockedIds).toEqual(['jon'])
  call.setState(createLiveSnapshot(), true)
  await people.unblock({ userId: 'jon', displayName: 'Jon' })
  expect(asked).toEqual(['unblock jon'])
  expect(people.store.getState()).toMatchObject({ blockedIds: [], done: { kind: 'unblocked', name: 'Jon' } })
})
