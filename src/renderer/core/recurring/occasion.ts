import type { RecurringRoom } from '../../../shared/api/recurringRooms.ts'

/**
 * Where a recurring room stands. `live`: people are in it, whatever its rule says; `onNow`: its time, and nobody there yet; `next`: it
 * begins at that time; `none`: its rule has ended.
 */
export type Occasion =
  | { readonly kind: 'live'; readonly count: number; readonly names: readonly string[] }
  | { readonly kind: 'onNow'; readonly endsAtMs: number }
  | { readonly kind: 'next'; readonly startsAtMs: number }
  | { readonly kind: 'none' }

/** Where the room stands at a moment; what was read a while ago goes on by the clock. */
export function selectOccasion(room: RecurringRoom, nowMs: number): Occasion {
  if (room.participantCount > 0) {
    return {
      kind: 'live',
      count: room.participantCount,
      names: room.participants.map(({ displayName }) => displayName),
    }
  }
  if (room.nextStartsAt === null || room.nextEndsAt === null) return { kind: 'none' }
  const startsAtMs = Date.parse(room.nextStartsAt)
  const endsAtMs = Date.parse(room.nextEndsAt)
  if (nowMs < startsAtMs) return { kind: 'next', startsAtMs }
  // After its end the list is old: which one comes next is known to the database alone, within a moment.
  return nowMs < endsAtMs ? { kind: 'onNow', endsAtMs } : { kind: 'none' }
}

const rank: Readonly<Record<Occasion['kind'], number>> = { live: 0, onNow: 1, next: 2, none: 3 }

/** Those where people are first, then those that are on, then by when they begin. */
export function sortByOccasion(rooms: readonly RecurringRoom[], nowMs: number): readonly RecurringRoom[] {
  const placed = rooms.map((room) => ({ room, occasion: selectOccasion(room, nowMs) }))
  placed.sort(
    (a, b) =>
      rank[a.occasion.kind] - rank[b.occasion.kind] ||
      startOf(a.occasion) - startOf(b.occasion) ||
      a.room.name.localeCompare(b.room.name),
  )
  return placed.map(({ room }) => room)
}

function startOf(occasion: Occasion): number {
  return occasion.kind === 'next' ? occasion.startsAtMs : 0
}
