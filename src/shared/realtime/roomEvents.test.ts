import { describe, expect, test } from 'vitest'
import {
  channelMovedSchema,
  mutedByCreatorSchema,
  roomTopic,
  topologyChangedSchema,
  VIDEO_WISHES_MAX_COUNT,
  videoWishesMessageSchema,
} from './roomEvents.ts'

const id = 'b0000000-0000-4000-8000-000000000001'

describe('events of a room', () => {
  test('the topic names the epoch only once somebody was removed', () => {
    expect(roomTopic(id, 0)).toBe(`room:${id}`)
    expect(channelMovedSchema.parse({ channel: roomTopic(id, 2) })).toEqual({ channel: `room:${id}:2` })
  })

  test('a topology without a count that orders it is refused', () => {
    expect(topologyChangedSchema.safeParse({ topology: 'sfu', epoch: 3 }).success).toBe(true)
    expect(topologyChangedSchema.safeParse({ topology: 'sfu', epoch: -1 }).success).toBe(false)
    expect(topologyChangedSchema.safeParse({ topology: 'star', epoch: 1 }).success).toBe(false)
  })

  test('who is muted is named by person and connection', () => {
    expect(mutedByCreatorSchema.safeParse({ userId: id, connectionId: id }).success).toBe(true)
    expect(mutedByCreatorSchema.safeParse({ userId: id }).success).toBe(false)
  })

  test('wishes for pictures are addressed, bounded, and take what later versions add', () => {
    const picture = { shortSide: 360, framerate: 24 }
    const accepts = (wish: object, count = 1) =>
      videoWishesMessageSchema.safeParse({ from: id, wishes: Array.from({ length: count }, () => wish) })
    expect(accepts({ to: id, picture: { ...picture, colours: 2 }, since: 3 }).data?.wishes).toEqual([
      { to: id, picture },
    ])
    expect(accepts({ to: id, picture: null }, VIDEO_WISHES_MAX_COUNT).success).toBe(true)
    expect(accepts({ to: id, picture: null }, VIDEO_WISHES_MAX_COUNT + 1).success).toBe(false)
    expect(accepts({ picture }).success).toBe(false)
    for (const shortSide of [0, -1, 0.5, 1e9]) {
      expect(accepts({ to: id, picture: { shortSide, framerate: 24 } }).success).toBe(false)
    }
  })
})
