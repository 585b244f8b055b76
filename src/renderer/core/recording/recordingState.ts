import type { ConsentAnswer, Recording } from '../../../shared/domain/recording.ts'

/** What somebody in the room has said. */
export interface PersonAnswer {
  readonly userId: string
  readonly answer: ConsentAnswer
}

interface OpenRecordingState {
  readonly id: string
  /** Who asked, and who records; null once their account is gone. */
  readonly requesterId: string | null
  /** Of everybody inside. */
  readonly answers: readonly PersonAnswer[]
  /** Nothing of our own may be sent before we have answered. */
  readonly needsAnswer: boolean
  /** When it was so, by the server's clock. */
  readonly toldMs: number
}

/** Why there is no recording any more; null: it is not known. */
export type RecordingEnd = Recording['endReason']

/** How a recording of the room stands, as the database tells it. Serialisable. */
export type RecordingState =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'asked' } & OpenRecordingState)
  | ({ readonly kind: 'recording'; readonly startedAtMs: number } & OpenRecordingState)
  | {
      readonly kind: 'ended'
      readonly id: string
      readonly requesterId: string | null
      readonly reason: RecordingEnd
      /** Whose no has ended it. */
      readonly endedBy: string | null
      /** False: it was asked for and never began. */
      readonly hasRun: boolean
      readonly toldMs: number
    }

export type OpenRecordingKind = Extract<RecordingState, { kind: 'asked' | 'recording' }>

export const noRecording: RecordingState = { kind: 'none' }

/** Whether there is one that has not ended. */
export function isOpenRecording(state: RecordingState): state is OpenRecordingKind {
  return state.kind === 'asked' || state.kind === 'recording'
}

/**
 * What was told, taken in: by the room's channel, an answer of ours, or a question. News that are older than what is known change nothing,
 * and what has ended stays so. `needsAnswer` is what the database says of us where it was asked; otherwise it follows from the answers.
 */
export function takeRecording(
  state: RecordingState,
  told: Recording,
  selfId: string,
  needsAnswer?: boolean,
): RecordingState {
  const toldMs = Date.parse(told.serverNow)
  if (state.kind === 'ended' && state.id === told.id) return state
  if (state.kind !== 'none' && toldMs < state.toldMs) return state
  const { id, requesterId, answers } = told
  if (told.status === 'ended') {
    const endedBy = answers.find(({ answer }) => answer === 'refused' || answer === 'withdrawn')
    return {
      kind: 'ended',
      id,
      requesterId,
      reason: told.endReason,
      endedBy: endedBy?.userId ?? null,
      hasRun: told.startedAt !== null,
      toldMs,
    }
  }
  const own = answers.find(({ userId }) => userId === selfId)?.answer
  const before = isOpenRecording(state) && state.id === id ? state : null
  // Whoever was asked while inside goes on sending; whoever came later does not, which an answer of theirs ends.
  const wasHeld = own !== 'given' && (before?.needsAnswer ?? false)
  const open = { id, requesterId, answers, toldMs }
  return told.status === 'requested'
    ? { kind: 'asked', ...open, needsAnswer: needsAnswer ?? wasHeld }
    : {
        kind: 'recording',
        ...open,
        startedAtMs: told.startedAt === null ? toldMs : Date.parse(told.startedAt),
        // SECURITY: somebody who was never asked has not said yes.
        needsAnswer: own !== 'given' || needsAnswer === true,
      }
}

/** The database knows of none that is open: what we knew has ended while we could not hear of it. */
export function takeNoRecording(state: RecordingState): RecordingState {
  if (!isOpenRecording(state)) return state
  const { id, requesterId, toldMs } = state
  const hasRun = state.kind === 'recording'
  return { kind: 'ended', id, requesterId, reason: null, endedBy: null, hasRun, toldMs }
}

/** Everybody who has said yes, as far as it counts. */
export function selectConsenting(state: RecordingState): ReadonlySet<string> {
  const answers = isOpenRecording(state) ? state.answers : []
  return new Set(answers.filter(({ answer }) => answer === 'given').map(({ userId }) => userId))
}

/** Who has not answered yet. */
export function selectUnanswered(state: RecordingState): readonly string[] {
  const answers = isOpenRecording(state) ? state.answers : []
  return answers.filter(({ answer }) => answer === 'pending').map(({ userId }) => userId)
}

/** Somebody else has asked us, and we have not answered. */
export function isAskedOf(state: RecordingState, selfId: string): state is OpenRecordingKind {
  return (
    isOpenRecording(state) && state.requesterId !== selfId && selectOwnAnswer(state, selfId) === 'pending'
  )
}

/** What we have said; `pending` also where nobody has asked us. */
export function selectOwnAnswer(state: RecordingState, selfId: string): ConsentAnswer {
  const answers = isOpenRecording(state) ? state.answers : []
  return answers.find(({ userId }) => userId === selfId)?.answer ?? 'pending'
}

/**
 * Whether we may record at this moment: we have asked, it runs, and all who are here, by the database or by what we see ourselves, have
 * said yes.
 * SECURITY: the database decides (`may_record`); this is never true where it would say no, as far as we have heard of it.
 */
export function selectMayRecord(
  state: RecordingState,
  selfId: string,
  presentIds: readonly string[],
): boolean {
  if (state.kind !== 'recording' || state.requesterId !== selfId) return false
  const consenting = selectConsenting(state)
  return (
    state.answers.every(({ answer }) => answer === 'given') &&
    [selfId, ...presentIds].every((userId) => consenting.has(userId))
  )
}
