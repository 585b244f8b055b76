import { z } from 'zod'
import type { ProfilePort } from '../../core/ports/profile.ts'
import { callFunction } from './callFunction.ts'
import { nothingSchema, type RequestOptions, sendRequest } from './sendRequest.ts'

/** The Data API answers with rows: one, or none for an account that is gone. */
const rowsSchema = z
  .array(z.object({ avatar: z.string().nullable() }))
  .transform(([row]) => row?.avatar ?? null)

/** One's own profile by the Data API. */
export function createProfilePort(options: RequestOptions): ProfilePort {
  return {
    readAvatar: (userId) =>
      sendRequest(options, {
        method: 'GET',
        address: `${options.url}/rest/v1/profiles?select=avatar&id=eq.${encodeURIComponent(userId)}`,
        schema: rowsSchema,
        body: undefined,
        headers: {},
      }),
    setAvatar: (avatar) => callFunction(options, 'set_avatar', { p_avatar: avatar }, nothingSchema),
  }
}
