import { apiErrorCodeSchema } from '../../../src/shared/api/errors.ts'
import type { ApiErrorBody, ApiErrorCode } from '../../../src/shared/api/errors.ts'

type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 429 | 500 | 503

/** Why a request is not met. `message` is for a person. */
export interface Refusal {
  readonly kind: ApiErrorCode
  readonly status: RefusalStatus
  readonly message: string
  readonly retryAfterSeconds?: number
}

const refusals: Readonly<Record<ApiErrorCode, { readonly status: RefusalStatus; readonly message: string }>> =
  {
    not_signed_in: { status: 401, message: 'Please sign in again.' },
    invalid_input: { status: 400, message: 'Something in the request is not as it should be.' },
    // SECURITY: one answer for a room that does not exist, one that is hidden and a wrong password.
    room_unavailable: {
      status: 404,
      message: 'This room is not available. Check the link, and the password if it has one.',
    },
    room_full: { status: 409, message: 'This room is full.' },
    room_closed: { status: 410, message: 'This room has closed.' },
    room_locked: { status: 409, message: 'This room is locked: nobody new can come in at the moment.' },
    admission_needed: { status: 409, message: 'Somebody inside has to let you in. They have been asked.' },
    admission_refused: { status: 409, message: 'Not now. You may ask again in some minutes.' },
    not_creator: { status: 403, message: 'Only the person who opened the room can do this.' },
    not_participant: { status: 403, message: 'You are not in this room.' },
    not_allowed: { status: 403, message: 'This room does not allow that.' },
    not_found: { status: 404, message: 'This is not there, or not any more.' },
    rate_limited: { status: 429, message: 'That was a little too often. Please wait a moment.' },
    sfu_unavailable: { status: 503, message: 'The media server cannot be reached at the moment.' },
    recording_needs_consent: {
      status: 409,
      message: 'Recording starts once everybody in the room has agreed.',
    },
    internal: { status: 500, message: 'Something went wrong on the server. Please try again.' },
  }

/** A refusal by its code; `details` override the usual words. */
export function refuse(
  kind: ApiErrorCode,
  details: {
    readonly message?: string
    readonly status?: RefusalStatus
    readonly retryAfterSeconds?: number
  } = {},
): Refusal {
  return { kind, ...refusals[kind], ...details }
}

/** `code` as one of the stable codes; null for any other text. */
export function asErrorCode(code: unknown): ApiErrorCode | null {
  const parsed = apiErrorCodeSchema.safeParse(code)
  return parsed.success ? parsed.data : null
}

/** The response that tells a client of a refusal. */
export function refusalResponse(refusal: Refusal): Response {
  const body: ApiErrorBody = {
    error: {
      code: refusal.kind,
      message: refusal.message,
      ...(refusal.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: refusal.retryAfterSeconds }),
    },
  }
  const headers: Record<string, string> =
    refusal.retryAfterSeconds === undefined ? {} : { 'retry-after': String(refusal.retryAfterSeconds) }
  return Response.json(body, { status: refusal.status, headers })
}
