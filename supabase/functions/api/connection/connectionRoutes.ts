import {
  bandwidthQuerySchema,
  bandwidthResponseSchema,
  iceServersResponseSchema,
} from '../../../../src/shared/api/connection.ts'
import { BANDWIDTH_TEST_MAX_BYTES } from '../../../../src/shared/limits.ts'
import { err, ok } from '../../../../src/shared/result.ts'
import { createDatabaseCall } from '../databaseCall.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { createIceServers } from '../iceServers.ts'
import { refuse } from '../refusal.ts'
import { defineRoute } from '../route.ts'
import type { Route } from '../route.ts'
import { countUpload, createDownload } from './bandwidth.ts'

/** What a client asks for before a call: servers that help it connect, and how fast its connection is. */
export function createConnectionRoutes(dependencies: ApiDependencies): readonly Route[] {
  const call = createDatabaseCall(dependencies)
  const now = dependencies.now ?? Date.now
  const common = { tag: 'Connection', access: 'user' } as const

  return [
    defineRoute({
      method: 'get',
      path: '/ice-servers',
      operationId: 'listIceServers',
      summary: 'STUN and TURN servers',
      description: 'With credentials that expire after 12 hours. At most 30 times a minute.',
      ...common,
      answer: { status: 200, schema: iceServersResponseSchema },
      refusals: ['rate_limited'],
      async handle({ token }) {
        // SECURITY: the database verifies the token; relays cost traffic.
        const permit = await call(token, 'permit_request', { p_action: 'ice_servers' })
        if (!permit.ok) return permit
        // The relay learns a name that stands for nobody.
        return ok({
          iceServers: await createIceServers(dependencies.environment, crypto.randomUUID(), now()),
        })
      },
    }),

    defineRoute({
      method: 'get',
      path: '/bandwidth',
      operationId: 'testDownload',
      summary: 'Download some bytes',
      description:
        'Random bytes, to measure how fast they come. At most 20 tests of either kind in 5 minutes.',
      ...common,
      query: bandwidthQuerySchema,
      answer: { status: 200, contentType: 'application/octet-stream', description: 'The bytes.' },
      refusals: ['rate_limited'],
      async handle({ token, query }) {
        const permit = await call(token, 'permit_request', { p_action: 'test_bandwidth' })
        return permit.ok ? ok(createDownload(query.bytes)) : permit
      },
    }),

    defineRoute({
      method: 'post',
      path: '/bandwidth',
      operationId: 'testUpload',
      summary: 'Upload some bytes',
      description: `At most ${BANDWIDTH_TEST_MAX_BYTES} bytes of anything, which are counted and forgotten.`,
      ...common,
      rawBodyType: 'application/octet-stream',
      maxBodyBytes: BANDWIDTH_TEST_MAX_BYTES,
      answer: { status: 200, schema: bandwidthResponseSchema },
      refusals: ['rate_limited'],
      async handle({ token, request }) {
        const permit = await call(token, 'permit_request', { p_action: 'test_bandwidth' })
        if (!permit.ok) return permit
        const counted = await countUpload(request, now)
        return counted === null
          ? err(refuse('invalid_input', { status: 413, message: 'The request is too large.' }))
          : ok(counted)
      },
    }),
  ]
}
