import type { GesturesPort } from '../../core/ports/gestures.ts'
import { nothingSchema, type RequestOptions, sendRequest } from './sendRequest.ts'

/** Raised hands by the HTTP API. */
export function createGesturesPort(options: RequestOptions): GesturesPort {
  const ask = (method: 'PUT' | 'POST', roomId: string, rest: string, body?: unknown) =>
    sendRequest(options, {
      method,
      address: `${options.url}/functions/v1/api/rooms/${encodeURIComponent(roomId)}/${rest}`,
      schema: nothingSchema,
      body,
      headers: {},
    })
  return {
    setHand: (roomId, isRaised) => ask('PUT', roomId, 'hand', { isRaised }),
    lowerHand: (roomId, userId) =>
      ask('POST', roomId, `participants/${encodeURIComponent(userId)}/lower-hand`),
  }
}
