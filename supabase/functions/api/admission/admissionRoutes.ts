import {
  admissionsResponseSchema,
  awaitAdmissionResponseSchema,
  decideAdmissionRequestSchema,
} from '../../../../src/shared/api/admission.ts'
import { roomPersonParamsSchema } from '../../../../src/shared/api/moderation.ts'
import { roomParamsSchema } from '../../../../src/shared/api/rooms.ts'
import { asDone, readAs } from '../answer.ts'
import { createDatabaseCall } from '../databaseCall.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { defineRoute } from '../route.ts'
import type { Route } from '../route.ts'

/** The waiting room: for who stands at a room's door, and for those inside who open it. */
export function createAdmissionRoutes(dependencies: ApiDependencies): readonly Route[] {
  const call = createDatabaseCall(dependencies)
  const common = { tag: 'Waiting room', access: 'user', params: roomParamsSchema } as const
  return [
    defineRoute({
      method: 'post',
      path: '/rooms/:id/admission',
      operationId: 'awaitAdmission',
      summary: 'Go on waiting',
      description:
        'To be asked every few seconds by whoever was refused with `admission_needed`: who is not heard of for 30 seconds waits no ' +
        'more, and nobody waits for more than 15 minutes. Answers `none` for every room that one has not asked to come into.',
      ...common,
      answer: { status: 200, schema: awaitAdmissionResponseSchema },
      refusals: ['rate_limited'],
      async handle({ token, params }) {
        const answer = await call(token, 'await_admission', { p_room_id: params.id })
        return answer.ok ? readAs(awaitAdmissionResponseSchema, answer.value) : answer
      },
    }),

    defineRoute({
      method: 'delete',
      path: '/rooms/:id/admission',
      operationId: 'cancelAdmission',
      summary: 'Wait no more',
      description: 'Idempotent; says nothing about whether there was anything to take back.',
      ...common,
      answer: { status: 204 },
      refusals: [],
      handle: async ({ token, params }) =>
        asDone(await call(token, 'cancel_admission', { p_room_id: params.id })),
    }),

    defineRoute({
      method: 'get',
      path: '/rooms/:id/admissions',
      operationId: 'listAdmissions',
      summary: 'List who waits',
      description: 'For those inside, who are also told by `admissions_changed`.',
      ...common,
      answer: { status: 200, schema: admissionsResponseSchema },
      refusals: ['not_participant'],
      async handle({ token, params }) {
        const answer = await call(token, 'list_admissions', { p_room_id: params.id })
        return answer.ok ? readAs(admissionsResponseSchema, { admissions: answer.value }) : answer
      },
    }),

    defineRoute({
      method: 'put',
      path: '/rooms/:id/admissions/:userId',
      operationId: 'decideAdmission',
      summary: 'Let somebody in, or not now',
      description:
        'By anybody inside. Who is let in is a member from then on; who is not may ask again after 5 minutes. `not_found` for ' +
        'whoever does not wait (any more).',
      ...common,
      params: roomPersonParamsSchema,
      body: decideAdmissionRequestSchema,
      answer: { status: 204 },
      refusals: ['not_participant', 'not_found', 'rate_limited'],
      handle: async ({ token, params, body }) =>
        asDone(
          await call(token, 'decide_admission', {
            p_room_id: params.id,
            p_user_id: params.userId,
            p_is_admitted: body.isAdmitted,
          }),
        ),
    }),
  ]
}
