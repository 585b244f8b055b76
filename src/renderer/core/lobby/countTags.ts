import type { RoomSummary } from '../../../shared/domain/room.ts'
import type { TagCount } from '../ports/rooms.ts'

/** The tags of these rooms with how many have them: those of most rooms first, then by name. */
export function countTags(rooms: readonly RoomSummary[]): readonly TagCount[] {
  const counts = new Map<string, number>()
  for (const room of rooms) for (const tag of room.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return [...counts]
    .map(([tag, roomCount]) => ({ tag, roomCount }))
    .sort((a, b) => b.roomCount - a.roomCount || a.tag.localeCompare(b.tag))
}

/**
 * What there is to filter by: the service's counts, which cover rooms that are not read yet but are some seconds old, and those of the
 * rooms in sight where they know more.
 */
export function selectTagCounts(
  common: readonly TagCount[],
  rooms: readonly RoomSummary[],
  limit: number,
): readonly TagCount[] {
  const counts = new Map(common.map(({ tag, roomCount }) => [tag, roomCount]))
  for (const { tag, roomCount } of countTags(rooms)) {
    counts.set(tag, Math.max(roomCount, counts.get(tag) ?? 0))
  }
  return [...counts]
    .map(([tag, roomCount]) => ({ tag, roomCount }))
    .sort((a, b) => b.roomCount - a.roomCount || a.tag.localeCompare(b.tag))
    .slice(0, limit)
}
