import type { TFunction } from 'i18next'
import type { BackendFailureKind } from '../../shared/backend/messages.ts'
import type { Platform } from '../core/ports/desktop.ts'
import type { CallEnd } from '../core/call/callSnapshot.ts'
import type { AuthFailure } from '../core/ports/auth.ts'
import type { CaptureFailure, CaptureState } from '../core/ports/localMedia.ts'
import type { RoomsFailure } from '../core/ports/rooms.ts'

/** The one place that turns kinds of failure into what a person reads. */

export function describeRoomsFailure(t: TFunction, failure: RoomsFailure): string {
  if (failure.kind === 'rate_limited' && failure.retryAfterMs !== null) {
    return t('failure.rooms.rate_limited_wait', {
      count: Math.max(1, Math.ceil(failure.retryAfterMs / 1_000)),
    })
  }
  return t(`failure.rooms.${failure.kind}`)
}

export function describeAuthFailure(t: TFunction, failure: AuthFailure): string {
  return t(`failure.auth.${failure.kind}`)
}

/** Why a device that is wanted does not run, or not yet, and what to do about it on this system; null: nothing is wrong. */
export function describeCaptureProblem(
  t: TFunction,
  device: 'camera' | 'microphone',
  capture: CaptureState,
  platform: Platform,
): string | null {
  const reason = selectProblem(capture)
  if (reason === null) return null
  const why = device === 'camera' ? t(`failure.camera.${reason}`) : t(`failure.microphone.${reason}`)
  return reason === 'denied' ? `${why} ${t(`failure.allowOn.${platform}`)}` : why
}

function selectProblem(capture: CaptureState): CaptureFailure | 'late' | null {
  switch (capture.kind) {
    case 'off':
    case 'on':
      return null
    case 'starting':
      return capture.isLate ? 'late' : null
    case 'unavailable':
      return capture.reason
  }
}

/** Why a call is over, as a heading and a sentence. */
export function describeCallEnd(
  t: TFunction,
  reason: CallEnd,
  room: string,
): { readonly title: string; readonly body: string } {
  return { title: t(`room.ended.${reason}Title`), body: t(`room.ended.${reason}`, { room }) }
}

/** What each kind of failure of a backend is called. Kinds without a name have only the backend's own sentence. */
const backendFailures = {
  'invalid-options': 'environment',
  invalid_supabase_url: 'environment',
  invalid_supabase_key: 'environment',
  invalid_livekit_url: 'environment',
  'port-in-use': 'port',
  'data-folder-not-writable': 'folder',
  'data-folder-not-reachable': 'folder',
  'disk-full': 'disk',
  'secrets-corrupt': 'keys',
  'database-newer': 'newer',
  'migration-failed': 'database',
  'postgres-missing': 'database',
  'postgres-not-starting': 'database',
  'owner-not-answering': 'owner',
  crashed_repeatedly: 'crashed',
  saved_key_unreadable: 'savedKey',
} as const satisfies Readonly<Record<BackendFailureKind, string>> & Readonly<Record<string, string>>

/** In short why the backend does not run; empty for a kind that has no name. Its own sentence, in English, has the particulars. */
export function describeBackendFailure(t: TFunction, kind: string): string {
  return isNamed(kind) ? t(`failure.backend.${backendFailures[kind]}`) : ''
}

/** Whether only the backend's own words say what to mend: which variable, port or folder it is. */
export function needsBackendDetails(kind: string): boolean {
  return isNamed(kind) && ['environment', 'port', 'folder'].includes(backendFailures[kind])
}

function isNamed(kind: string): kind is keyof typeof backendFailures {
  return Object.hasOwn(backendFailures, kind)
}
