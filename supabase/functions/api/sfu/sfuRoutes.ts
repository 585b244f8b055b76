import { mediaTokenRequestSchema, mediaTokenResponseSchema } from '../../../../src/shared/api/media.ts'
import { roomParamsSchema } from '../../../../src/shared/api/rooms.ts'
import { defineRoute } from '../route.ts'
import type { Route } from '../route.ts'
import type { Sfu } from './createSfu.ts'

/** The routes that have to do with the media server. */
export function createSfuRoutes(sfu: Sfu): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/rooms/:id/media-token',
      operationId: 'createMediaToken',
      summary: 'Get a token for the media server',
      description:
        'For people inside a room whose topology is `sfu`, by the connection they joined with. The token opens this ' +
        'room on the LiveKit server at `url` until `expiresAt`; ask again before connecting again.',
      access: 'user',
      params: roomParamsSchema,
      body: mediaTokenRequestSchema,
      answer: { status: 200, schema: mediaTokenResponseSchema },
      refusals: ['not_participant', 'sfu_unavailable', 'recording_needs_consent'],
      handle: ({ token, params, body }) => sfu.mediaToken(token, params.id, body.connectionId),
    }),
  ]
}
