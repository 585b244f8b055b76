/** What a client tracks, with the server's reference of this version of it. */
export type PresenceMeta = Readonly<Record<string, unknown>> & {
  readonly phx_ref: string
  readonly phx_ref_prev?: string
}

interface PresenceEntry {
  readonly key: string
  readonly meta: PresenceMeta
  /** The payload's JSON, to notice that nothing changed. */
  readonly payloadJson: string
}

/** Who is present on a topic, by member: one connection's channel has at most one entry. */
export type PresenceState = ReadonlyMap<string, PresenceEntry>

/** Metas by presence key, as they travel. */
export type PresenceGroups = ReadonlyMap<string, readonly PresenceMeta[]>

/** What came and what went. Applying it twice changes nothing more than applying it once. */
export interface PresenceDiff {
  readonly joins: PresenceGroups
  readonly leaves: PresenceGroups
}

export interface PresenceChange {
  readonly state: PresenceState
  /** Null when nothing changed. */
  readonly diff: PresenceDiff | null
}

const none: PresenceGroups = new Map()
export const emptyPresence: PresenceState = new Map()
export const emptyDiff: PresenceDiff = { joins: none, leaves: none }

/** Adds or replaces what a member tracks. `ref` must be new to the topic. */
export function trackPresence(
  state: PresenceState,
  member: { readonly id: string; readonly key: string },
  payload: Readonly<Record<string, unknown>>,
  ref: string,
): PresenceChange {
  const before = state.get(member.id)
  const payloadJson = JSON.stringify(payload)
  if (before !== undefined && before.payloadJson === payloadJson) return { state, diff: null }
  const meta: PresenceMeta = {
    ...payload,
    phx_ref: ref,
    ...(before === undefined ? {} : { phx_ref_prev: before.meta.phx_ref }),
  }
  const next = new Map(state).set(member.id, { key: member.key, meta, payloadJson })
  const leaves = before === undefined ? none : groupOf(before.key, before.meta)
  return { state: next, diff: { joins: groupOf(member.key, meta), leaves } }
}

/** Removes what a member tracks, if anything. */
export function untrackPresence(state: PresenceState, memberId: string): PresenceChange {
  const before = state.get(memberId)
  if (before === undefined) return { state, diff: null }
  const next = new Map(state)
  next.delete(memberId)
  return { state: next, diff: { joins: none, leaves: groupOf(before.key, before.meta) } }
}

/**
 * One diff that does what `first` and then `second` do. A version that came and went in between appears in neither,
 * because a client applies joins before leaves.
 */
export function mergeDiffs(first: PresenceDiff, second: PresenceDiff): PresenceDiff {
  const cameAndWent = new Set(refsOf(second.leaves).filter((ref) => refsOf(first.joins).includes(ref)))
  return {
    joins: concatGroups(without(first.joins, cameAndWent), second.joins),
    leaves: concatGroups(first.leaves, without(second.leaves, cameAndWent)),
  }
}

export function isEmptyDiff(diff: PresenceDiff): boolean {
  return diff.joins.size === 0 && diff.leaves.size === 0
}

/** The payload of `presence_state`. */
export function presenceStateJson(state: PresenceState): string {
  const groups = new Map<string, PresenceMeta[]>()
  for (const { key, meta } of state.values()) {
    const metas = groups.get(key)
    if (metas === undefined) groups.set(key, [meta])
    else metas.push(meta)
  }
  return groupsJson(groups)
}

/** The payload of `presence_diff`. */
export function presenceDiffJson(diff: PresenceDiff): string {
  return `{"joins":${groupsJson(diff.joins)},"leaves":${groupsJson(diff.leaves)}}`
}

/** Text instead of an object, so that a key such as `__proto__` is a key like any other. */
function groupsJson(groups: PresenceGroups): string {
  const members = Array.from(groups, ([key, metas]) => `${JSON.stringify(key)}:${JSON.stringify({ metas })}`)
  return `{${members.join(',')}}`
}

function groupOf(key: string, meta: PresenceMeta): PresenceGroups {
  return new Map([[key, [meta]]])
}

function refsOf(groups: PresenceGroups): string[] {
  return Array.from(groups.values()).flatMap((metas) => metas.map((meta) => meta.phx_ref))
}

function without(groups: PresenceGroups, refs: ReadonlySet<string>): PresenceGroups {
  if (refs.size === 0) return groups
  const kept = Array.from(
    groups,
    ([key, metas]) => [key, metas.filter((meta) => !refs.has(meta.phx_ref))] as const,
  )
  return new Map(kept.filter(([, metas]) => metas.length > 0))
}

function concatGroups(first: PresenceGroups, second: PresenceGroups): PresenceGroups {
  if (second.size === 0) return first
  if (first.size === 0) return second
  const all = new Map(first)
  for (const [key, metas] of second) all.set(key, [...(all.get(key) ?? []), ...metas])
  return all
}
