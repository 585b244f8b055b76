import { beforeEach, expect, test } from 'vitest'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { createLiveSnapshot } from '../../../../test/support/people.ts'
import type { Message } from '../../../shared/api/messages.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { RoomNews } from '../../core/ports/roomNews.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import type { ChatController, PeopleSnapshot } from '../contracts.ts'
import { createChatController } from './createChatController.ts'

const { room } = createLiveSnapshot()
const unreachable: RoomsFailure = { kind: 'unreachable', message: '', retryAfterMs: null }

function message(number: number, fields: Partial<Message> = {}): Message {
  return {
    id: `id-${number}`,
    authorId: 'user-Mia',
    displayName: 'Mia',
    body: `message ${number}`,
    sentAt: new Date(Date.UTC(2026, 10, 26, 12, 0, number)).toISOString(),
    clientMessageId: `key-${number}`,
    ...fields,
  }
}

const live = (signaling: 'joined' | 'reconnecting' = 'joined') => createLiveSnapshot({ signaling })

let call: StoreApi<CallSnapshot>
let people: StoreApi<PeopleSnapshot>
let hear: (news: RoomNews) => void
/** What the room holds, newest first. */
let held: readonly Message[]
let sent: string[]
let asked: (string | null)[]
let sendAnswer: (body: string, key: string) => Promise<Result<Message, RoomsFailure>>
let removeAnswer: Result<void, RoomsFailure>
let chat: ChatController & { dispose(): void }

beforeEach(() => {
  call = createStore<CallSnapshot>(() => ({ kind: 'idle' }))
  people = createStore<PeopleSnapshot>(() => ({ isBusy: false, failure: null, done: null, blockedIds: [] }))
  held = []
  sent = []
  asked = []
  removeAnswer = ok(undefined)
  sendAnswer = (body, key) =>
    Promise.resolve(ok(message(50, { authorId: 'user-Ada', body, clientMessageId: key })))
  let ids = 0
  chat = createChatController({
    port: {
      list(_roomId, before) {
        asked.push(before?.id ?? null)
        const at = before === null ? 0 : held.findIndex(({ id }) => id === before.id) + 1
        return Promise.resolve(ok(held.slice(at, at + 50)))
      },
      send(_roomId, { body, clientMessageId }) {
        sent.push(`${clientMessageId} ${body}`)
        return sendAnswer(body, clientMessageId)
      },
      remove: () => Promise.resolve(removeAnswer),
    },
    call: {
      store: call,
      subscribeToNews(listener) {
        hear = listener
        return () => undefined
      },
    },
    people,
    newId: () => `own-${(ids += 1)}`,
  })
})

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const bodies = () =>
  chat.store.getState().entries.map((entry) => (entry.kind === 'sent' ? entry.message.body : entry.body))

async function enter(): Promise<void> {
  call.setState(live(), true)
  await settle()
}

test('who comes reads what was written before, which is no news; what comes then is', async () => {
  held = [message(2), message(1)]
  await enter()
  expect(bodies()).toEqual(['message 1', 'message 2'])
  expect(chat.store.getState()).toMatchObject({ unreadCount: 0, hasEarlier: false, isReading: false })
  hear({ kind: 'messageAdded', message: message(3) })
  expect(chat.store.getState().unreadCount).toBe(1)
  chat.setOpen(true)
  expect(chat.store.getState().unreadCount).toBe(0)
  hear({ kind: 'messageAdded', message: message(4) })
  expect(chat.store.getState().unreadCount).toBe(0)
  chat.setOpen(false)
  hear({ kind: 'messageAdded', message: message(5) })
  expect(chat.store.getState().unreadCount).toBe(1)
})

test('who chooses another picture has it beside what they wrote before, and beside nobody else’s words', async () => {
  held = [message(2, { authorId: 'user-Ben', avatar: 'dog-clay' }), message(1, { avatar: 'dog-clay' })]
  await enter()
  hear({ kind: 'avatarChanged', userId: 'user-Mia', avatar: 'cat-moss' })
  const avatars = chat.store
    .getState()
    .entries.map((entry) => (entry.kind === 'sent' ? entry.message.avatar : null))
  expect(avatars).toEqual(['cat-moss', 'dog-clay'])
  expect(chat.store.getState().unreadCount).toBe(0)
})

test('what was missed while the channel was away is read, and counts as news', async () => {
  held = [message(1)]
  await enter()
  call.setState(live('reconnecting'), true)
  held = [message(2), message(1)]
  await enter()
  expect(bodies()).toEqual(['message 1', 'message 2'])
  expect(chat.store.getState().unreadCount).toBe(1)
})

test('after an outage in which more was written than a page has, what was missed can be read', async () => {
  held = [message(1)]
  await enter()
  call.setState(live('reconnecting'), true)
  held = Array.from({ length: 59 }, (_unused, index) => message(59 - index))
  await enter()
  expect(bodies()).toHaveLength(50)
  expect(chat.store.getState()).toMatchObject({ hasEarlier: true, unreadCount: 50 })
  await chat.readEarlier()
  expect(bodies()).toEqual(held.map(({ body }) => body).toReversed())
  expect(chat.store.getState().hasEarlier).toBe(false)
})

test('ours stands there at once; one that fails can be sent again under its key', async () => {
  await enter()
  sendAnswer = () => Promise.resolve(err(unreachable))
  const sending = chat.send('  hello  ')
  expect(chat.store.getState().entries).toEqual([
    { kind: 'sending', clientMessageId: 'own-1', body: 'hello' },
  ])
  await sending
  expect(chat.store.getState()).toMatchObject({ entries: [{ kind: 'failed' }], failure: unreachable })
  sendAnswer = (body, key) =>
    Promise.resolve(ok(message(9, { authorId: 'user-Ada', body, clientMessageId: key })))
  await chat.sendAgain('own-1')
  expect(sent).toEqual(['own-1 hello', 'own-1 hello'])
  expect(chat.store.getState()).toMatchObject({ entries: [{ kind: 'sent' }], failure: null, unreadCount: 0 })
  await chat.send('   ')
  expect(sent).toHaveLength(2)
})

test('earlier ones come page by page, until there are none', async () => {
  held = Array.from({ length: 60 }, (_unused, index) => message(59 - index))
  await enter()
  expect(bodies()).toHaveLength(50)
  expect(chat.store.getState().hasEarlier).toBe(true)
  await chat.readEarlier()
  expect(bodies()).toHaveLength(60)
  expect(bodies()[0]).toBe('message 0')
  expect(chat.store.getState().hasEarlier).toBe(false)
  expect(asked).toEqual([null, 'id-10'])
})

test('one that is deleted goes, whoever deleted it; a refusal is told', async () => {
  held = [message(2), message(1)]
  await enter()
  hear({ kind: 'messageDeleted', id: 'id-1' })
  expect(bodies()).toEqual(['message 2'])
  removeAnswer = err({ kind: 'rate_limited', message: '', retryAfterMs: 1_000 })
  await chat.remove('id-2')
  expect(chat.store.getState()).toMatchObject({ failure: { kind: 'rate_limited' } })
  expect(bodies()).toEqual(['message 2'])
  removeAnswer = err({ kind: 'not_found', message: '', retryAfterMs: null })
  await chat.remove('id-2')
  expect(bodies()).toEqual([])
})

test('nothing is left of a room that one has left, and nothing late of it is taken', async () => {
  await enter()
  let settleSend: (answer: Result<Message, RoomsFailure>) => void = () => undefined
  sendAnswer = () => new Promise((resolve) => (settleSend = resolve))
  const sending = chat.send('hello')
  call.setState({ kind: 'ended', roomId: room.id, roomName: room.name, reason: 'left' }, true)
  settleSend(ok(message(9)))
  await sending
  expect(chat.store.getState().entries).toEqual([])
})

test('who is blocked is neither read nor counted, from then on and before', async () => {
  await enter()
  hear({ kind: 'messageAdded', message: message(1) })
  hear({ kind: 'messageAdded', message: message(2, { authorId: 'user-Jon' }) })
  people.setState({ blockedIds: ['user-Mia'] })
  expect(bodies()).toEqual(['message 2'])
  hear({ kind: 'messageAdded', message: message(3) })
  expect(bodies()).toEqual(['message 2'])
  expect(chat.store.getState().unreadCount).toBe(1)
})
