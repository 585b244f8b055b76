import type { Reaction } from '../../../shared/domain/reaction.ts'

/** So long a reaction stands on a tile. */
export const REACTION_SHOWN_MS = 4_000
/** More than so many of one person within the window are not shown, whatever their client sends. */
export const REACTIONS_MAX_COUNT = 4
export const REACTIONS_WINDOW_MS = 8_000

/** A reaction that stands on somebody's tile. `number` tells it from the one before it. */
export interface ShownReaction {
  readonly reaction: Reaction
  readonly number: number
  readonly untilMs: number
}

/** Who shows what at the moment, by connection; one a person, the latest. Serialisable. */
export interface ReactionBoard {
  readonly shown: Readonly<Record<string, ShownReaction>>
  /** When each person's reactions came within the window, oldest first; never more than are shown. */
  readonly recent: Readonly<Record<string, readonly number[]>>
  readonly lastNumber: number
}

export const emptyReactionBoard: ReactionBoard = { shown: {}, recent: {}, lastNumber: 0 }

/** Whether another reaction of this person would be shown. */
export function mayReact(board: ReactionBoard, connectionId: string, nowMs: number): boolean {
  return selectRecent(board, connectionId, nowMs).length < REACTIONS_MAX_COUNT
}

/** SECURITY: what comes from others is let in at their rate only, and the caller names known people alone. */
export function addReaction(
  board: ReactionBoard,
  { connectionId, reaction }: { readonly connectionId: string; readonly reaction: Reaction },
  nowMs: number,
): ReactionBoard {
  if (!mayReact(board, connectionId, nowMs)) return board
  const number = board.lastNumber + 1
  return {
    shown: { ...board.shown, [connectionId]: { reaction, number, untilMs: nowMs + REACTION_SHOWN_MS } },
    recent: { ...board.recent, [connectionId]: [...selectRecent(board, connectionId, nowMs), nowMs] },
    lastNumber: number,
  }
}

/** Takes away what has stood for its time, and everything of people who are not here. The same board where nothing goes. */
export function tidyReactions(board: ReactionBoard, here: ReadonlySet<string>, nowMs: number): ReactionBoard {
  const shown = Object.entries(board.shown).filter(
    ([connectionId, { untilMs }]) => untilMs > nowMs && here.has(connectionId),
  )
  const recent = Object.entries(board.recent).filter(([connectionId]) => here.has(connectionId))
  const isSame =
    shown.length === Object.keys(board.shown).length && recent.length === Object.keys(board.recent).length
  return isSame ? board : { ...board, shown: Object.fromEntries(shown), recent: Object.fromEntries(recent) }
}

/** Milliseconds until the next reaction goes; null while none stands. */
export function selectNextEnd(board: ReactionBoard, nowMs: number): number | null {
  const ends = Object.values(board.shown).map(({ untilMs }) => untilMs)
  return ends.length === 0 ? null : Math.max(0, Math.min(...ends) - nowMs)
}

function selectRecent(board: ReactionBoard, connectionId: string, nowMs: number): readonly number[] {
  return (board.recent[connectionId] ?? []).filter((atMs) => atMs > nowMs - REACTIONS_WINDOW_MS)
}
