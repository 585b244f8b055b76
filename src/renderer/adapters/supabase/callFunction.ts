import { z } from 'zod'
import { apiErrorCodeSchema } from '../../../shared/api/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import { type RequestOptions, sendRequest } from './sendRequest.ts'

/** A refusal that had to be kept in the database, and so comes as an answer rather than as an error. */
const refusalSchema = z.object({
  refusal: apiErrorCodeSchema,
  retryAfterSeconds: z.number().optional(),
})

/** Calls a function of the schema by the Data API, in the person's name. */
export async function callFunction<T>(
  options: RequestOptions,
  name: string,
  body: Readonly<Record<string, unknown>>,
  schema: z.ZodType<T>,
): Promise<Result<T, RoomsFailure>> {
  const answer = await sendRequest<Result<T, RoomsFailure>>(options, {
    method: 'POST',
    address: `${options.url}/rest/v1/rpc/${name}`,
    body,
    headers: {},
    schema: z.union([
      refusalSchema.transform(({ refusal, retryAfterSeconds }) =>
        err<RoomsFailure>({
          kind: refusal,
          message: refusal,
          retryAfterMs: retryAfterSeconds === undefined ? null : retryAfterSeconds * 1_000,
        }),
      ),
      schema.transform((value) => ok(value)),
    ]),
  })
  return answer.ok ? answer.value : answer
}
