import type { Database } from '../../../src/shared/database/database.generated.ts'
import { err, ok } from '../../../src/shared/result.ts'
import type { Result } from '../../../src/shared/result.ts'
import type { ApiDependencies } from './dependencies.ts'
import { readDatabaseError } from './databaseCall.ts'
import { refuse } from './refusal.ts'
import type { Refusal } from './refusal.ts'

type DatabaseFunctions = Database['public']['Functions']

/** Calls a function of schema `public` in the name of the service, which is no user. */
export type CallAsService = <Name extends keyof DatabaseFunctions>(
  functionName: Name,
  parameters: DatabaseFunctions[Name]['Args'],
) => Promise<Result<unknown, Refusal>>

/**
 * The headers by which the Data API knows the service. A key of the newer kind (`sb_secret_…`) is no token: hosted Supabase
 * takes it as `apikey` alone. An older one is a JWT with the role `service_role`, and has to be the bearer as well.
 */
export function serviceHeaders(secretKey: string): Readonly<Record<string, string>> {
  return secretKey.startsWith('sb_')
    ? { apikey: secretKey }
    : { apikey: secretKey, authorization: `Bearer ${secretKey}` }
}

/** SECURITY: for what no user may do; never with anything that a user sent and nobody has checked. */
export function createServiceCall(dependencies: ApiDependencies): CallAsService {
  const send = dependencies.fetch ?? ((request: Request) => fetch(request))
  return async (functionName, parameters) => {
    const request = new Request(`${dependencies.supabaseUrl}/rest/v1/rpc/${functionName}`, {
      method: 'POST',
      headers: { ...serviceHeaders(dependencies.secretKey), 'content-type': 'application/json' },
      body: JSON.stringify(parameters ?? {}),
    })
    try {
      const response = await send(request)
      const text = await response.text()
      const body: unknown = text === '' ? null : JSON.parse(text)
      if (response.ok) return ok(body)
      const refusal = readDatabaseError(response.status, body)
      // Nobody is signed in here: a refused key is our own fault.
      return err(refusal.kind === 'not_signed_in' ? refuse('internal') : refusal)
    } catch {
      return err(
        refuse('internal', { status: 503, message: 'The database cannot be reached at the moment.' }),
      )
    }
  }
}
