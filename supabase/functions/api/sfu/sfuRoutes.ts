import {
  mediaServerResponseSchema,
  mediaTokenRequestSchema,
  mediaTokenResponseSchema,
  sfuSweepResponseSchema,
} from '../../../../src/shared/api/media.ts'
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

    defineRoute({
      method: 'get',
      path: '/media-server',
      operationId: 'describeMediaServer',
      summary: 'Tell whether there is a media server',
      description:
        'Whether rooms may hold more than four people, and whether what carries them answers at the moment. At most 30 ' +
        'times a minute, together with `listIceServers`.',
      access: 'user',
      answer: { status: 200, schema: mediaServerResponseSchema },
      refusals: ['rate_limited'],
      handle: ({ token }) => sfu.describe(token),
    }),

    defineRoute({
      method: 'post',
      path: '/sfu/sweep',
      operationId: 'sweepSfu',
      summary: 'Make the media server follow the database',
      description:
        'Puts out whoever is in no room any more, changes what people may send, closes rooms; only in rooms that are due. ' +
        'What does not succeed stays due. For whoever runs the media server.',
      access: 'secret',
      answer: { status: 200, schema: sfuSweepResponseSchema },
      refusals: ['sfu_unavailable'],
      handle: () => sfu.sweep(),
    }),

    defineRoute({
      method: 'post',
      path: '/sfu/events',
      operationId: 'hearSfuEvent',
      summary: 'Hear from the media server',
      description:
        'LiveKit’s webhook, signed by LiveKit: when somebody comes into a room, the room is due to be swept.',
      access: 'open',
      rawBodyType: 'application/webhook+json',
      answer: { status: 204 },
      refusals: ['not_signed_in', 'sfu_unavailable'],
      changesMedia: true,
      handle: async ({ request }) =>
        await sfu.hearEvent(await request.text(), request.header('authorization') ?? ''),
    }),
  ]
}
