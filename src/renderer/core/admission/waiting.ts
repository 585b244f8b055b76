import type { AdmissionState } from '../../../shared/api/admission.ts'
import type { Result } from '../../../shared/result.ts'
import type { RoomsFailure } from '../ports/rooms.ts'

/** How often is asked how it stands: the database takes somebody who is silent for 30 s as gone. */
export const ADMISSION_POLL_MS = 3_000

/**
 * Our own asking to come in. `waiting`: those inside have been asked; `isOffline` while no answer comes. `refused`: not now.
 * `over`: nobody has said anything in time, or the room has closed.
 */
export type Waiting =
  | { readonly kind: 'none' }
  | { readonly kind: 'waiting'; readonly roomId: string; readonly isOffline: boolean }
  | { readonly kind: 'admitted' | 'refused' | 'over'; readonly roomId: string }

/** What an answer makes of somebody who waits, and when to ask again; null: not any more. */
export function readAdmission(
  waiting: Extract<Waiting, { kind: 'waiting' }>,
  answer: Result<AdmissionState, RoomsFailure>,
): { readonly waiting: Waiting; readonly askAgainMs: number | null } {
  const { roomId } = waiting
  if (!answer.ok) {
    // Whatever went wrong may go right in a moment; who has gone for good is told so by then.
    const isOffline = answer.error.kind !== 'rate_limited'
    const askAgainMs = Math.max(ADMISSION_POLL_MS, answer.error.retryAfterMs ?? 0)
    return { waiting: { kind: 'waiting', roomId, isOffline }, askAgainMs }
  }
  switch (answer.value) {
    case 'waiting':
      return { waiting: { kind: 'waiting', roomId, isOffline: false }, askAgainMs: ADMISSION_POLL_MS }
    case 'admitted':
    case 'refused':
      return { waiting: { kind: answer.value, roomId }, askAgainMs: null }
    case 'none':
      return { waiting: { kind: 'over', roomId }, askAgainMs: null }
  }
}
