import type { Reaction } from '../../../shared/domain/reaction.ts'

/** Reactions are told to those who listen at most this often: they are many, and each means little. */
export const REACTION_NEWS_INTERVAL_MS = 10_000
/** So long is waited for others who react to the same thing. */
const GATHERING_MS = 1_000

/** What is to be told: the most common reaction since the last time, and who showed it. */
export interface ReactionNews {
  readonly reaction: Reaction
  readonly connectionIds: readonly string[]
}

/** What has come since the last news. */
export interface ReactionNewsState {
  readonly pending: readonly { readonly connectionId: string; readonly reaction: Reaction }[]
  readonly toldAtMs: number | null
}

export const noReactionNews: ReactionNewsState = { pending: [], toldAtMs: null }

/** Each person counts once a reaction, so that nothing grows. */
export function gatherReaction(
  state: ReactionNewsState,
  added: ReactionNewsState['pending'][number],
): ReactionNewsState {
  const isKnown = state.pending.some(
    ({ connectionId, reaction }) => connectionId === added.connectionId && reaction === added.reaction,
  )
  return isKnown ? state : { ...state, pending: [...state.pending, added] }
}

/** Milliseconds until there is something to tell; null: nothing has come. */
export function selectNewsDelay(state: ReactionNewsState, nowMs: number): number | null {
  if (state.pending.length === 0) return null
  if (state.toldAtMs === null) return GATHERING_MS
  return Math.max(GATHERING_MS, state.toldAtMs + REACTION_NEWS_INTERVAL_MS - nowMs)
}

/** Makes one piece of news of what has come. */
export function takeNews(
  state: ReactionNewsState,
  nowMs: number,
): { readonly state: ReactionNewsState; readonly news: ReactionNews | null } {
  const counts = new Map<Reaction, string[]>()
  for (const { connectionId, reaction } of state.pending)
    counts.set(reaction, [...(counts.get(reaction) ?? []), connectionId])
  const [most] = [...counts].sort(([, a], [, b]) => b.length - a.length)
  if (most === undefined) return { state, news: null }
  const [reaction, connectionIds] = most
  return { state: { pending: [], toldAtMs: nowMs }, news: { reaction, connectionIds } }
}
