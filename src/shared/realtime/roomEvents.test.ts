import { describe, expect, test } from 'vitest'
import { channelMovedSchema, mutedByCreatorSchema, roomTopic, topologyChangedSchema } from './roomEvents.ts'

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
})
