import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RoomSummary } from '../../../../src/shared/domain/room.ts'
import { compareRooms, decodeRoomsCursor, encodeRoomsCursor, planRoomsPage } from './roomsCursor.ts'

const position = {
  order: 'lively' as const,
  participantCount: 3,
  createdAt: '2026-11-22T12:00:00.123456Z',
  id: '5b0e1c52-9a0f-4b43-8d47-3a3c2f3f8f10',
}

function room(participantCount: number, createdAt: string, id: string): RoomSummary {
  const common = {
    privacy: 'public',
    tags: [],
    maxParticipants: 50,
    capacity: 50,
    hasPassword: false,
    timer: null,
  } as const
  return { ...common, tags: [], id, name: id, participantCount, createdAt }
}

const createdAt = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
const id = fc.uuid({ version: 4 })
const sortKey = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\0'))
const positions = fc.oneof(
  fc.record({
    order: fc.constant('lively' as const),
    participantCount: fc.integer({ min: 0, max: 50 }),
    createdAt,
    id,
  }),
  fc.record({ order: fc.constant('newest' as const), createdAt, id }),
  fc.record({ order: fc.constant('name' as const), sortKey, id }),
)

describe('the cursor of the room list', () => {
  test('a position survives being written and read', () => {
    fc.assert(
      fc.property(positions, (any) => {
        const cursor = encodeRoomsCursor(any)
        expect(cursor).toMatch(/^[\w-]{1,1000}$/)
        expect(decodeRoomsCursor(cursor)).toEqual(any)
      }),
    )
  })

  test('keeps the microseconds', () => {
    expect(decodeRoomsCursor(encodeRoomsCursor(position))).toEqual(position)
  })

  test.each([
    ['nothing', ''],
    ['no base64', '*'],
    ['no JSON', btoa('hello')],
    ['another shape', btoa('{"id":1}')],
    ['a negative count', btoa(JSON.stringify([-1, position.createdAt, position.id]))],
    ['a count too large for the database', btoa(JSON.stringify([2 ** 31, position.createdAt, position.id]))],
    ['no time', btoa(JSON.stringify([1, 'yesterday', position.id]))],
    ['half of a character', btoa(JSON.stringify(['name', '\ud800', position.id]))],
    ['a key that no name has', btoa(JSON.stringify(['name', 'x'.repeat(401), position.id]))],
    ['an unknown order', btoa(JSON.stringify(['oldest', position.createdAt, position.id]))],
    ['no id', btoa(JSON.stringify([1, position.createdAt, "' or true"]))],
  ])('refuses %s', (_what, cursor) => {
    expect(decodeRoomsCursor(cursor)).toBeNull()
  })

  test('any text is either refused or a position', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const decoded = decodeRoomsCursor(text)
        expect(decoded === null || decoded.id.length === 36).toBe(true)
      }),
    )
  })
})

describe('a page of rooms', () => {
  const full = room(4, '2026-01-01T00:00:00.000000Z', '00000000-0000-4000-8000-000000000001')
  const newer = room(1, '2026-01-02T00:00:00.000000Z', '00000000-0000-4000-8000-000000000002')
  const older = room(1, '2026-01-01T00:00:00.000000Z', '00000000-0000-4000-8000-000000000003')

  test('has the fullest first, then the newest', () => {
    expect([older, newer, full].sort(compareRooms('lively'))).toEqual([full, newer, older])
  })

  test('merges lists and leaves no cursor at the end', () => {
    expect(planRoomsPage([[newer], [full, older]], 3, 'lively')).toEqual({
      rooms: [full, newer, older],
      nextCursor: null,
    })
  })

  test('points behind its last room where there are more', () => {
    const page = planRoomsPage([[newer, older], [full]], 2, 'lively')
    expect(page.rooms).toEqual([full, newer])
    expect(page.nextCursor === null ? null : decodeRoomsCursor(page.nextCursor)).toEqual({
      order: 'lively',
      participantCount: 1,
      createdAt: newer.createdAt,
      id: newer.id,
    })
  })

  test('can have the newest first, or go by what the database sorts names by', () => {
    expect([older, full, newer].sort(compareRooms('newest'))).toEqual([newer, older, full])
    const named = ['\u{1F600}', '\uFF21', 'b', 'a', 'ab'].map((sortKey) =>
      Object.assign({}, full, { sortKey }),
    )
    const page = planRoomsPage([named.slice(0, 2), named.slice(2)], 4, 'name')
    expect(named.sort(compareRooms('name')).map((room) => room.sortKey)).toEqual([
      'a',
      'ab',
      'b',
      '\uFF21',
      '\u{1F600}',
    ])
    expect(page.rooms).toEqual([full, full, full, full])
    expect(page.nextCursor === null ? null : decodeRoomsCursor(page.nextCursor)).toMatchObject({
      sortKey: '\uFF21',
    })
  })

  test('is empty where there are no rooms', () => {
    expect(planRoomsPage([[], []], 20, 'lively')).toEqual({ rooms: [], nextCursor: null })
  })
})
