import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RoomSummary } from '../../../../src/shared/domain/room.ts'
import { compareRooms, decodeRoomsCursor, encodeRoomsCursor, planRoomsPage } from './roomsCursor.ts'

const position = {
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
  } as const
  return { ...common, tags: [], id, name: id, participantCount, createdAt }
}

const positions = fc.record({
  participantCount: fc.integer({ min: 0, max: 50 }),
  createdAt: fc
    .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  id: fc.uuid({ version: 4 }),
})

describe('the cursor of the room list', () => {
  test('a position survives being written and read', () => {
    fc.assert(
      fc.property(positions, (any) => {
        const cursor = encodeRoomsCursor(any)
        expect(cursor).toMatch(/^[\w-]{1,200}$/)
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
    ['no id', btoa(JSON.stringify([1, position.createdAt, "' or true"]))],
  ])('refuses %s', (_what, cursor) => {
    expect(decodeRoomsCursor(cursor)).toBeNull()
  })

  test('any text is either refused or a position', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const decoded = decodeRoomsCursor(text)
        expect(decoded === null || decoded.participantCount >= 0).toBe(true)
      }),
    )
  })
})

describe('a page of rooms', () => {
  const full = room(4, '2026-01-01T00:00:00.000000Z', '00000000-0000-4000-8000-000000000001')
  const newer = room(1, '2026-01-02T00:00:00.000000Z', '00000000-0000-4000-8000-000000000002')
  const older = room(1, '2026-01-01T00:00:00.000000Z', '00000000-0000-4000-8000-000000000003')

  test('has the fullest first, then the newest', () => {
    expect([older, newer, full].sort(compareRooms)).toEqual([full, newer, older])
  })

  test('merges lists and leaves no cursor at the end', () => {
    expect(planRoomsPage([[newer], [full, older]], 3)).toEqual({
      rooms: [full, newer, older],
      nextCursor: null,
    })
  })

  test('points behind its last room where there are more', () => {
    const page = planRoomsPage([[newer, older], [full]], 2)
    expect(page.rooms).toEqual([full, newer])
    expect(page.nextCursor === null ? null : decodeRoomsCursor(page.nextCursor)).toEqual({
      participantCount: 1,
      createdAt: newer.createdAt,
      id: newer.id,
    })
  })

  test('is empty where there are no rooms', () => {
    expect(planRoomsPage([[], []], 20)).toEqual({ rooms: [], nextCursor: null })
  })
})
