import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRoomSummary } from '../../../../test/support/rooms.ts'
import { createTimer } from '../../../../test/support/timers.ts'
import type { RoomOrder } from '../../../shared/domain/room.ts'
import { selectTagCounts } from './countTags.ts'
import {
  emptyLobbyList,
  everything,
  type LobbyList,
  type LobbyListEvent,
  type LobbyQuery,
  isNarrowed,
  matchesQuery,
  selectListed,
  transitionLobbyList,
} from './lobbyList.ts'

const thesis = createRoomSummary('Thesis hour', { participantCount: 3 })
const algebra = createRoomSummary('Linear algebra', { participantCount: 1, tags: ['maths'] })
const law = createRoomSummary('Law', { participantCount: 2 })

const noonMs = Date.parse('2026-11-26T12:00:00.000Z')
const names = (list: LobbyList) => list.rooms.map((room) => room.name)
const after = (...events: readonly LobbyListEvent[]) => events.reduce(transitionLobbyList, emptyLobbyList)
const pageRead = (...rooms: readonly (typeof thesis)[]): LobbyListEvent => ({
  kind: 'pageRead',
  page: 'reread',
  rooms,
  order: 'lively',
  hasMore: false,
})
const ordered = (order: RoomOrder, ...rooms: readonly (typeof thesis)[]): LobbyListEvent => ({
  kind: 'pageRead',
  page: 'first',
  rooms,
  order,
  hasMore: true,
})
const changed = (room: typeof thesis, query = everything): LobbyListEvent => ({
  kind: 'roomChanged',
  room,
  query,
  nowMs: noonMs,
})
const held: LobbyListEvent = { kind: 'held', isHeld: true }
const released: LobbyListEvent = { kind: 'held', isHeld: false }

describe('a list nobody points at', () => {
  test('takes a new room where the order wants it: lively ones first', () => {
    expect(names(after(pageRead(thesis, algebra), changed(law)))).toEqual([
      'Thesis hour',
      'Law',
      'Linear algebra',
    ])
  })

  test('changes a room in its place', () => {
    const list = after(pageRead(thesis, algebra), changed({ ...algebra, participantCount: 9 }))
    expect(names(list)).toEqual(['Thesis hour', 'Linear algebra'])
    expect(list.rooms[1]?.participantCount).toBe(9)
  })

  test('drops a room that closed, and one that no longer fits what is looked for', () => {
    expect(names(after(pageRead(thesis, algebra), { kind: 'roomRemoved', roomId: thesis.id }))).toEqual([
      'Linear algebra',
    ])
    expect(names(after(pageRead(thesis, algebra), changed(thesis, { ...everything, tag: 'maths' })))).toEqual(
      ['Linear algebra'],
    )
  })

  test('adds a further page without repeating a room that moved between the reads', () => {
    const list = after(pageRead(thesis), {
      ...pageRead(thesis, law),
      page: 'next',
    } as LobbyListEvent)
    expect(names(list)).toEqual(['Thesis hour', 'Law'])
  })
})

describe('a list in an order', () => {
  const zoo = createRoomSummary('Zoo')
  const art = createRoomSummary('Ärzte und ihre Kunst', { participantCount: 9 })
  const busy = createRoomSummary('Busy', { participantCount: 9 })

  test.each([
    ['lively', [thesis, law], art, ['Ärzte und ihre Kunst', 'Thesis hour', 'Law']],
    ['newest', [thesis, law], { ...art, createdAt: thesis.createdAt }, ['Thesis hour', art.name, 'Law']],
    ['name', [busy, thesis], art, ['Ärzte und ihre Kunst', 'Busy', 'Thesis hour']],
    ['name', [busy, thesis], law, ['Busy', 'Law', 'Thesis hour']],
  ] as const)('by %s takes a new room where it belongs', (order, rooms, room, expected) => {
    expect(names(after(ordered(order, ...rooms), changed(room)))).toEqual(expected)
  })

  test('leaves a room of a page that is not read yet to that page', () => {
    expect(names(after(ordered('name', algebra, law), changed(zoo)))).toEqual(['Linear algebra', 'Law'])
    expect(names(after(ordered('name', algebra, law), held, changed(zoo), released))).toEqual([
      'Linear algebra',
      'Law',
    ])
    const whole = { ...ordered('name', algebra, law), hasMore: false } as LobbyListEvent
    expect(names(after(whole, changed(zoo)))).toEqual(['Linear algebra', 'Law', 'Zoo'])
  })

  test('a count that rises moves nobody, in any order', () => {
    for (const order of ['lively', 'newest', 'name'] as const) {
      const list = after(ordered(order, thesis, algebra), changed({ ...algebra, participantCount: 40 }))
      expect(names(list)).toEqual(['Thesis hour', 'Linear algebra'])
    }
  })

  test('an answer to another question stands, whatever is pointed at', () => {
    const list = after(ordered('lively', thesis, law), held, ordered('name', algebra, law))
    expect(list).toMatchObject({ order: 'name', isHeld: true })
    expect(list.rooms.map(({ name, isClosed }) => [name, isClosed])).toEqual([
      ['Linear algebra', false],
      ['Law', false],
    ])
  })
})

describe('a list somebody points at', () => {
  test('keeps a room that is no longer what is looked for, open as it is, until the pointer leaves', () => {
    const maths = { ...everything, tag: 'maths' }
    const list = after(pageRead(algebra, thesis), held, changed({ ...algebra, tags: ['law'] }, maths))
    expect(list.rooms[0]).toMatchObject({ name: 'Linear algebra', isClosed: false, tags: ['law'] })
    expect(names(transitionLobbyList(list, released))).toEqual(['Thesis hour'])
  })

  test('does not move: a new room waits at the end, a closed one stays and says so', () => {
    const list = after(pageRead(thesis, algebra), held, changed(law), {
      kind: 'roomRemoved',
      roomId: thesis.id,
    })
    expect(names(list)).toEqual(['Thesis hour', 'Linear algebra', 'Law'])
    expect(list.rooms.map((room) => room.isClosed)).toEqual([true, false, false])
  })

  test('does not move when it is read again either', () => {
    const list = after(pageRead(thesis, algebra), held, pageRead(law, algebra))
    expect(names(list)).toEqual(['Thesis hour', 'Linear algebra', 'Law'])
    expect(list.rooms[0]?.isClosed).toBe(true)
  })

  test('settles when the pointer leaves', () => {
    const list = after(
      pageRead(thesis, algebra),
      held,
      changed(law),
      { kind: 'roomRemoved', roomId: thesis.id },
      released,
    )
    expect(names(list)).toEqual(['Law', 'Linear algebra'])
  })

  test('opens a room again that was closed and came back', () => {
    const list = after(pageRead(thesis), held, { kind: 'roomRemoved', roomId: thesis.id }, changed(thesis))
    expect(list.rooms[0]?.isClosed).toBe(false)
  })
})

test.each([
  { text: 'ALGE', tag: null, fits: true },
  { text: ' linear ', tag: 'maths', fits: true },
  { text: '', tag: 'law', fits: false },
  { text: 'thesis', tag: null, fits: false },
  { text: 'ATH', tag: null, fits: true },
])('a search for "$text" with tag $tag: $fits', ({ text, tag, fits }) => {
  expect(matchesQuery(algebra, { ...everything, text, tag }, noonMs)).toBe(fits)
})

test.each([
  [{}, true],
  [{ hasRoom: true }, true],
  [{ privacy: 'public' }, true],
  [{ privacy: 'private' }, false],
] as const)('a public room with a place, looked for by %o: %s', (filter, fits) => {
  expect(matchesQuery(law, { ...everything, ...filter }, noonMs)).toBe(fits)
  expect(isNarrowed({ ...everything, ...filter })).toBe(Object.keys(filter).length > 0)
})

test('a room that fills up goes when only those with a place are looked for, though not from under the pointer', () => {
  const query = { ...everything, hasRoom: true }
  const full = { ...law, participantCount: law.capacity }
  expect(matchesQuery(full, query, noonMs)).toBe(false)
  expect(names(after(pageRead(thesis, law), changed(full, query)))).toEqual(['Thesis hour'])
  const list = after(pageRead(law, thesis), held, changed(full, query))
  expect(list.rooms[0]).toMatchObject({ name: 'Law', isClosed: false, participantCount: 50 })
  expect(
    names(after(pageRead(law, thesis), held, changed(full, query), changed(law, query), released)),
  ).toEqual(['Law', 'Thesis hour'])
  expect(names(transitionLobbyList(list, released))).toEqual(['Thesis hour'])
})

describe('only rooms in focus', () => {
  const query: LobbyQuery = { ...everything, phase: 'focus' }
  const focused = { ...law, timer: createTimer(noonMs) }
  const timePassed = (afterMs: number): LobbyListEvent => ({
    kind: 'timePassed',
    query,
    nowMs: noonMs + afterMs,
  })
  const inBreakMs = 26 * 60_000

  test('a room without a timer is none, and one is none on its break', () => {
    expect(isNarrowed(query)).toBe(true)
    expect(names(after(pageRead(focused), changed(algebra, query), changed(focused, query)))).toEqual(['Law'])
    expect(matchesQuery(focused, query, noonMs + inBreakMs)).toBe(false)
    expect(matchesQuery(focused, { ...query, phase: 'break' }, noonMs + inBreakMs)).toBe(true)
  })

  test('one whose phase ends by itself goes, though nobody tells of it', () => {
    const list = after(pageRead(focused))
    expect(transitionLobbyList(list, timePassed(60_000))).toBe(list)
    expect(names(transitionLobbyList(list, timePassed(inBreakMs)))).toEqual([])
  })

  test('though not from under the pointer, and not as one that has closed when the list is read again', () => {
    const list = after(pageRead(focused), held, timePassed(inBreakMs), pageRead())
    expect(list.rooms.map(({ name, isClosed }) => [name, isClosed])).toEqual([['Law', false]])
    expect(names(transitionLobbyList(list, released))).toEqual([])
  })
})

test('a recent room stands once: above the list, and in it while something is looked for', () => {
  const list = after(pageRead(thesis, law))
  const recent = after(pageRead(law, algebra))
  const listed = (query: LobbyQuery) => selectListed(list, recent, query).map(({ name }) => name)
  expect(listed(everything)).toEqual(['Thesis hour'])
  expect(listed({ ...everything, order: 'name' })).toEqual(['Thesis hour'])
  expect(listed({ ...everything, text: 'law' })).toEqual(['Thesis hour', 'Law'])
})

describe('tags', () => {
  const rooms = [
    createRoomSummary('A', { tags: ['quiet', 'law'] }),
    createRoomSummary('B', { tags: ['quiet', 'art'] }),
  ]

  test('come by how many rooms have them, then by name', () => {
    expect(selectTagCounts([], rooms, 2)).toEqual([
      { tag: 'quiet', roomCount: 2 },
      { tag: 'art', roomCount: 1 },
    ])
  })

  test('count rooms that are not read yet, and those that the service has not counted yet', () => {
    const common = [
      { tag: 'maths', roomCount: 40 },
      { tag: 'quiet', roomCount: 1 },
    ]
    expect(selectTagCounts(common, rooms, 2)).toEqual([
      { tag: 'maths', roomCount: 40 },
      { tag: 'quiet', roomCount: 2 },
    ])
  })
})

test.each(['lively', 'newest', 'name'] as const)(
  'a thousand changes while somebody points at the list move no room that stands there: %s',
  (order) => {
    const start = Array.from({ length: 40 }, (_, index) => createRoomSummary(`Room ${index}`))
    const more = Array.from({ length: 20 }, (_, index) => createRoomSummary(`New ${index}`))
    const all = [...start, ...more]
    const change = fc.record({
      which: fc.nat(all.length - 1),
      kind: fc.constantFrom('count', 'removed', 'reread'),
      count: fc.nat(50),
    })
    fc.assert(
      fc.property(fc.array(change, { minLength: 1_000, maxLength: 1_000 }), (changes) => {
        let list = after({ ...pageRead(...start), order } as LobbyListEvent, held)
        for (const { which, kind, count } of changes) {
          const room = { ...(all[which] ?? thesis), participantCount: count }
          const event: LobbyListEvent =
            kind === 'count'
              ? changed(room)
              : kind === 'removed'
                ? { kind: 'roomRemoved', roomId: room.id }
                : ({ ...pageRead(room, ...start.slice(0, which)), order } as LobbyListEvent)
          const before = list.rooms.map(({ id }) => id)
          list = transitionLobbyList(list, event)
          expect(list.rooms.slice(0, before.length).map(({ id }) => id)).toEqual(before)
        }
        // Nobody twice, however often they were told of.
        expect(new Set(list.rooms.map(({ id }) => id)).size).toBe(list.rooms.length)
      }),
      { numRuns: 10 },
    )
  },
)
