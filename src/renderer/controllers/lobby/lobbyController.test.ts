import { beforeEach, describe, expect, test } from 'vitest'
import { createFakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import { createFakeLobbyFeed } from '../../../../test/support/fakes/fakeLobbyFeed.ts'
import { createFakeRooms } from '../../../../test/support/fakes/fakeRooms.ts'
import { createParticipant } from '../../../../test/support/people.ts'
import { createRoomSummary } from '../../../../test/support/rooms.ts'
import { createTimer } from '../../../../test/support/timers.ts'
import type { ListRoomsQuery, ListRoomsResponse } from '../../../shared/api/rooms.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import { createLobbyController, type LobbyChoices, type LobbyChoicesPort } from './lobbyController.ts'

const thesis = createRoomSummary('Thesis hour')
const law = createRoomSummary('Law')
const roomList = {}
const unreachable: RoomsFailure = { kind: 'unreachable', message: '', retryAfterMs: null }

type Answer = Result<ListRoomsResponse, RoomsFailure>
const page = (rooms: ListRoomsResponse['rooms'], nextCursor: string | null = null): Answer =>
  ok({ rooms, nextCursor })

function openLobby() {
  const clock = createFakeClock(1_000_000)
  const feed = createFakeLobbyFeed()
  const queries: ListRoomsQuery[] = []
  let answer: (query: ListRoomsQuery) => Answer | Promise<Answer> = () => page([thesis])
  const rooms = {
    ...createFakeRooms(() => createParticipant('Ada')),
    list: (query: ListRoomsQuery) => {
      queries.push(query)
      return Promise.resolve(answer(query))
    },
  }
  const remembered: Partial<LobbyChoices>[] = []
  let known: LobbyChoices | null = null
  const choices: LobbyChoicesPort = {
    current: () => known,
    remember: (change) => remembered.push(change),
  }
  const lobby = createLobbyController({ rooms, feed, clock, choices, newId: () => 'key' })
  return {
    clock,
    feed,
    queries,
    rooms,
    lobby,
    remembered,
    knowChoices: (next: LobbyChoices) => {
      known = next
    },
    answerWith: (next: typeof answer) => {
      answer = next
    },
    names: () => lobby.store.getState().list.rooms.map((room) => room.name),
    state: () => lobby.store.getState(),
  }
}

describe('the lobby', () => {
  let scene: ReturnType<typeof openLobby>
  beforeEach(() => {
    scene = openLobby()
  })

  test('reads the rooms when it is opened', async () => {
    scene.lobby.open()
    expect(scene.state().reading.kind).toBe('loading')
    await scene.clock.advanceAsync(0)
    expect(scene.names()).toEqual(['Thesis hour'])
    expect(scene.state().reading.kind).toBe('ready')
  })

  test('has tags counted while it is in sight, and keeps what it knew where that fails', async () => {
    let answer: Awaited<ReturnType<typeof scene.rooms.commonTags>> = ok([{ tag: 'maths', roomCount: 40 }])
    let asked = 0
    scene.rooms.commonTags = () => {
      asked += 1
      return Promise.resolve(answer)
    }
    const close = scene.lobby.open()
    await scene.clock.advanceAsync(0)
    answer = err(unreachable)
    await scene.clock.advanceAsync(31_000)
    expect([asked, scene.state().tags]).toEqual([2, [{ tag: 'maths', roomCount: 40 }]])
    close()
    await scene.clock.advanceAsync(120_000)
    expect(asked).toBe(2)
  })

  test('an invitation that is pasted into the search is cut to what may be searched for', async () => {
    scene.lobby.open()
    scene.lobby.search(`studyhall://join/${'x'.repeat(100)}`)
    await scene.clock.advanceAsync(250)
    expect(scene.queries.at(-1)?.q).toHaveLength(80)
  })

  test.each([
    'studyhall://join/Zm9vYmFyYmF6cXV4LV9hYg',
    '192.168.1.7:47310~mC0v7Vw0L3l2m1h9Qd5xGk8yYtZ3a6b4c2d1e0f9g8A~Zm9vYmFyYmF6cXV4LV9hYg',
  ])('what lets somebody in is not searched for: %s', async (text) => {
    scene.lobby.open()
    scene.lobby.search(text)
    await scene.clock.advanceAsync(250)
    expect(scene.queries.at(-1)?.q).toBe('')
  })

  test('reads again after each resubscription, and once more when the cached answer has run out', async () => {
    scene.lobby.open()
    await scene.clock.advanceAsync(0)
    scene.feed.handlers?.handleStatus('live')
    await scene.clock.advanceAsync(0)
    expect(scene.queries).toHaveLength(2)
    await scene.clock.advanceAsync(6_000)
    expect(scene.queries).toHaveLength(3)
    scene.feed.handlers?.handleStatus('reconnecting')
    scene.feed.handlers?.handleStatus('live')
    await scene.clock.advanceAsync(0)
    expect(scene.queries).toHaveLength(4)
  })

  test('does not lose a room that the feed told of to an older cached list', async () => {
    scene.lobby.open()
    await scene.clock.advanceAsync(0)
    scene.feed.handlers?.handleRoomChanged(law)
    scene.feed.handlers?.handleStatus('live')
    await scene.clock.advanceAsync(0)
    expect(scene.names()).toContain('Law')
    scene.feed.handlers?.handleRoomRemoved(thesis.id)
    scene.feed.handlers?.handleStatus('live')
    await scene.clock.advanceAsync(0)
    expect(scene.names()).toEqual(['Law'])
  })

  test('searches when typing pauses, once, for what was typed last', async () => {
    scene.lobby.open()
    await scene.clock.advanceAsync(0)
    scene.lobby.search('t')
    await scene.clock.advanceAsync(150)
    scene.lobby.search('th')
    await scene.clock.advanceAsync(250)
    expect(scene.queries.slice(1).map((query) => query.q)).toEqual(['th'])
  })

  test('is in the order that was chosen last, and remembers another choice', async () => {
    scene.knowChoices({ order: 'newest', privacy: 'public', hasRoom: true })
    scene.lobby.open()
    await scene.clock.advanceAsync(0)
    expect(scene.queries.at(-1)).toMatchObject({ order: 'newest', privacy: 'public', hasRoom: true })
    scene.lobby.choose({ order: 'name' })
    await scene.clock.advanceAsync(0)
    expect(scene.queries.at(-1)).toMatchObject({ order: 'name' })
    expect(scene.remembered).toEqual([{ order: 'name' }])
    expect(scene.state().list.order).toBe('name')
  })

  test('clearing the filters shows all, in the order as it is, and is remembered', async () => {
    scene.lobby.open()
    scene.lobby.search('thesis')
    scene.lobby.filterByTag('maths')
    scene.lobby.filterByPhase('break')
    scene.lobby.choose({ order: 'name', privacy: 'private', hasRoom: true })
    await scene.clock.advanceAsync(300)
    expect(scene.queries.at(-1)).toMatchObject({
      q: 'thesis',
      tags: ['maths'],
      privacy: 'private',
      hasRoom: true,
      phase: 'break',
    })
    scene.lobby.clearFilters()
    await scene.clock.advanceAsync(300)
    expect(scene.queries.at(-1)).toEqual({ q: '', tags: [], order: 'name', hasRoom: false, limit: 20 })
    expect(scene.remembered.at(-1)).toEqual({ privacy: null, hasRoom: false })
  })

  test('only rooms in focus: one whose phase ends goes by itself, and those that have come into one are read', async () => {
    const focused = { ...law, timer: createTimer(scene.clock.now() - 24 * 60_000) }
    scene.answerWith(({ phase }) => page(phase === 'focus' ? [focused] : [thesis]))
    const close = scene.lobby.open()
    scene.lobby.filterByPhase('focus')
    await scene.clock.advanceAsync(0)
    expect([scene.names(), scene.remembered]).toEqual([['Law'], []])
    scene.answerWith(() => page([{ ...thesis, timer: createTimer(scene.clock.now()) }]))
    await scene.clock.advanceAsync(59_000)
    expect(scene.names()).toEqual(['Law'])
    await scene.clock.advanceAsync(1_000)
    expect(scene.names()).toEqual(['Thesis hour'])
    scene.lobby.filterByPhase(null)
    await scene.clock.advanceAsync(0)
    const asked = scene.queries.length
    await scene.clock.advanceAsync(300_000)
    expect(scene.queries).toHaveLength(asked)
    close()
    expect(scene.clock.pendingCount()).toBe(0)
  })

  test('phases are by the server’s clock, however wrong ours is', async () => {
    const serverMs = scene.clock.now() + 600_000
    const waiting = { ...law, timer: createTimer(serverMs, { isContinuing: false }) }
    scene.answerWith(() =>
      ok({ rooms: [waiting], nextCursor: null, serverNow: new Date(serverMs).toISOString() }),
    )
    scene.lobby.open()
    scene.lobby.filterByPhase('focus')
    await scene.clock.advanceAsync(0)
    expect(scene.state().clockAheadMs).toBe(600_000)
    scene.feed.handlers?.handleRoomChanged({ ...waiting, participantCount: 3 })
    expect(scene.names()).toEqual(['Law'])
    scene.answerWith(() => err(unreachable))
    await scene.clock.advanceAsync(25 * 60_000)
    expect(scene.names()).toEqual([])
  })

  test('another order stands at once, also under the pointer, and does not go on from the old one', async () => {
    scene.answerWith(({ order }) => page(order === 'name' ? [law, thesis] : [thesis, law], `after ${order}`))
    scene.lobby.open()
    await scene.clock.advanceAsync(0)
    scene.lobby.hold(roomList, true)
    scene.lobby.choose({ order: 'name' })
    scene.lobby.readMore()
    expect(scene.queries).toHaveLength(1)
    await scene.clock.advanceAsync(0)
    expect(scene.names()).toEqual(['Law', 'Thesis hour'])
    scene.lobby.readMore()
    expect(scene.queries.at(-1)).toMatchObject({ order: 'name', cursor: 'after name' })
  })

  test('an answer to an older question is not shown', async () => {
    let release: (answer: Answer) => void = () => undefined
    scene.answerWith((query) =>
      query.tags?.length === 1
        ? page([law])
        : new Promise<Answer>((resolve) => {
            release = resolve
          }),
    )
    scene.lobby.open()
    scene.lobby.filterByTag('law')
    await scene.clock.advanceAsync(0)
    release(page([thesis]))
    await scene.clock.advanceAsync(0)
    expect(scene.names()).toEqual(['Law'])
  })

  test('reads on from the cursor, and keeps its length when it is read again', async () => {
    scene.answerWith(({ cursor }) => (cursor === undefined ? page([thesis], 'next') : page([law])))
    scene.lobby.open()
    await scene.clock.advanceAsync(0)
    expect(scene.state().more).toBe('idle')
    scene.lobby.readMore()
    await scene.clock.advanceAsync(0)
    expect(scene.names()).toEqual(['Thesis hour', 'Law'])
    expect(scene.state().more).toBeNull()
  })

  test('says why it could not be read, keeps what it had, and tries again by itself', async () => {
    scene.lobby.open()
    await scene.clock.advanceAsync(0)
    scene.answerWith(() => err(unreachable))
    scene.lobby.retry()
    await scene.clock.advanceAsync(0)
    expect(scene.state().reading).toEqual({ kind: 'failed', failure: unreachable })
    expect(scene.names()).toEqual(['Thesis hour'])
    scene.answerWith(() => page([law]))
    await scene.clock.advanceAsync(1_000)
    expect(scene.state().reading.kind).toBe('ready')
    expect(scene.names()).toEqual(['Law'])
  })

  test('shows where one was lately, kept true by the feed, and only what the service has said', async () => {
    scene.rooms.recent = () => Promise.resolve(ok([law]))
    scene.lobby.open()
    await scene.clock.advanceAsync(0)
    scene.feed.handlers?.handleRoomChanged({ ...law, participantCount: 7 })
    scene.feed.handlers?.handleRoomChanged(thesis)
    expect(scene.state().recent.rooms.map((room) => [room.name, room.participantCount])).toEqual([['Law', 7]])
    scene.feed.handlers?.handleRoomRemoved(law.id)
    expect(scene.state().recent.rooms).toEqual([])
  })

  test('a list that lets go does not let go of another that is held', async () => {
    scene.lobby.open()
    await scene.clock.advanceAsync(0)
    const recentList = {}
    scene.lobby.hold(recentList, true)
    scene.lobby.hold(roomList, true)
    scene.lobby.hold(roomList, false)
    expect([scene.state().list.isHeld, scene.state().recent.isHeld]).toEqual([true, true])
    scene.lobby.hold(recentList, false)
    expect([scene.state().list.isHeld, scene.state().recent.isHeld]).toEqual([false, false])
  })

  test('what stands above the list does not move it while it is pointed at', async () => {
    let recent = [law]
    scene.rooms.recent = () => Promise.resolve(ok(recent))
    scene.lobby.open()
    await scene.clock.advanceAsync(0)
    const shown = () => scene.state().recent.rooms.map((room) => [room.name, room.isClosed])
    scene.lobby.hold(roomList, true)
    recent = [thesis]
    await scene.clock.advanceAsync(31_000)
    scene.feed.handlers?.handleRoomRemoved(law.id)
    expect(shown()).toEqual([['Law', true]])
    scene.lobby.hold(roomList, false)
    expect(shown()).toEqual([['Thesis hour', false]])
  })

  test('a room that closes while it is pointed at does not come back with what was read meanwhile', async () => {
    scene.rooms.recent = () => Promise.resolve(ok([law, thesis]))
    scene.lobby.open()
    await scene.clock.advanceAsync(0)
    scene.lobby.hold(roomList, true)
    await scene.clock.advanceAsync(31_000)
    scene.feed.handlers?.handleRoomRemoved(law.id)
    scene.feed.handlers?.handleRoomChanged({ ...thesis, participantCount: 7 })
    scene.lobby.hold(roomList, false)
    expect(scene.state().recent.rooms.map((room) => [room.name, room.participantCount])).toEqual([
      ['Thesis hour', 7],
    ])
  })

  test('an answer to an older question is not shown while the next one is typed', async () => {
    scene.lobby.open()
    await scene.clock.advanceAsync(0)
    let answerOld: (answer: Answer) => void = () => undefined
    scene.answerWith(() => new Promise<Answer>((resolve) => (answerOld = resolve)))
    scene.lobby.search('l')
    await scene.clock.advanceAsync(250)
    scene.answerWith(() => page([thesis]))
    scene.lobby.search('th')
    answerOld(page([law]))
    await scene.clock.advanceAsync(0)
    expect(scene.names()).toEqual(['Thesis hour'])
  })

  test('what is told of people known before another choice is not shown after what is told since', async () => {
    const tell = (name: string) => ok({ isShown: true, rooms: [{ roomId: law.id, names: [name], count: 1 }] })
    let tellOld: (answer: ReturnType<typeof tell>) => void = () => undefined
    scene.rooms.knownPeople = () => new Promise((resolve) => (tellOld = resolve))
    scene.lobby.open()
    scene.rooms.knownPeople = () => Promise.resolve(tell('Jon'))
    scene.lobby.refreshAside()
    await scene.clock.advanceAsync(0)
    tellOld(tell('Mia'))
    await scene.clock.advanceAsync(0)
    expect(scene.state().known.get(law.id)?.names).toEqual(['Jon'])
  })

  test('tells whom one knows where, anew after another choice, and not while the list is pointed at', async () => {
    let names = ['Mia']
    scene.rooms.knownPeople = () =>
      Promise.resolve(ok({ isShown: true, rooms: [{ roomId: law.id, names, count: names.length }] }))
    scene.lobby.open()
    await scene.clock.advanceAsync(0)
    const known = () => scene.state().known.get(law.id)
    expect(known()).toEqual({ names: ['Mia'], count: 1 })
    scene.lobby.hold(roomList, true)
    names = ['Mia', 'Jon']
    scene.lobby.refreshAside()
    await scene.clock.advanceAsync(0)
    expect(known()).toEqual({ names: ['Mia'], count: 1 })
    scene.lobby.hold(roomList, false)
    expect(known()).toEqual({ names: ['Mia', 'Jon'], count: 2 })
  })

  test('when it is left, nothing goes on behind', async () => {
    const close = scene.lobby.open()
    await scene.clock.advanceAsync(0)
    scene.feed.handlers?.handleStatus('live')
    close()
    scene.lobby.refreshAside()
    await scene.clock.advanceAsync(0)
    expect(scene.feed.handlers).toBeNull()
    expect(scene.clock.pendingCount()).toBe(0)
  })
})
