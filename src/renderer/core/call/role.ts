/** One side of a pair, as far as it decides who calls. */
interface Side {
  readonly connectionId: string
  readonly joinedAt: string
}

/**
 * Negative when `a` joined before `b`. Times are compared to the millisecond, because both sides must come to the same
 * answer from differently written timestamps; the connection id settles a tie.
 */
export function compareJoining(a: Side, b: Side): number {
  const byTime = Date.parse(a.joinedAt) - Date.parse(b.joinedAt)
  if (byTime !== 0) return byTime
  return a.connectionId < b.connectionId ? -1 : a.connectionId > b.connectionId ? 1 : 0
}

/** The later one calls the earlier one: it knows of everybody at once, and its offer needs no round trip first. */
export function selectRole(self: Side, other: Side): 'caller' | 'callee' {
  return compareJoining(self, other) > 0 ? 'caller' : 'callee'
}
