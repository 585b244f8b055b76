import { admissionsResponseSchema, awaitAdmissionResponseSchema } from '../../../shared/api/admission.ts'
import { ok } from '../../../shared/result.ts'
import type { AdmissionPort } from '../../core/ports/admission.ts'
import { nothingSchema, type RequestOptions, sendRequest } from './sendRequest.ts'

/** The waiting room by the HTTP API. */
export function createAdmissionPort(options: RequestOptions): AdmissionPort {
  const address = (roomId: string, rest: string) =>
    `${options.url}/functions/v1/api/rooms/${encodeURIComponent(roomId)}/${rest}`
  const plain = { body: undefined, headers: {} }
  return {
    async await(roomId) {
      const answer = await sendRequest(options, {
        ...plain,
        method: 'POST',
        address: address(roomId, 'admission'),
        schema: awaitAdmissionResponseSchema,
      })
      return answer.ok ? ok(answer.value.state) : answer
    },
    cancel: (roomId) =>
      sendRequest(options, {
        ...plain,
        method: 'DELETE',
        address: address(roomId, 'admission'),
        schema: nothingSchema,
      }),
    async list(roomId) {
      const answer = await sendRequest(options, {
        ...plain,
        method: 'GET',
        address: address(roomId, 'admissions'),
        schema: admissionsResponseSchema,
      })
      return answer.ok ? ok(answer.value.admissions) : answer
    },
    decide: (roomId, userId, isAdmitted) =>
      sendRequest(options, {
        method: 'PUT',
        address: address(roomId, `admissions/${encodeURIComponent(userId)}`),
        schema: nothingSchema,
        body: { isAdmitted },
        headers: {},
      }),
  }
}
