import { App, getAuthSchemaSql } from '@supabase/lite'
import postgres from 'postgres'
import type { Log } from '../log/log.ts'
import { ApiConnection } from './apiConnection.ts'
import { createFunctionShortcut } from './functionShortcut.ts'
import { withQuietConsole } from './quietConsole.ts'

export type LiteApiOptions = {
  readonly apiUrl: string
  readonly catalogUrl: string
  readonly jwtSecret: string
  readonly publishableKey: string
  readonly secretKey: string
  readonly accessTokenLifetimeS: number
  readonly log: Log
}

/** The Auth API below `/auth/v1` and the Data API below `/rest/v1`. */
export type LiteApi = {
  readonly fetch: (request: Request) => Promise<Response>
  readonly close: () => Promise<void>
}

const maxConnections = 12

/** The tables that the Auth API needs, for the platform to create. */
export function authSchemaSql(): string {
  return getAuthSchemaSql()
}

/** Follows the notice that Supabase's platform gives when the schema changes. */
async function followSchemaChanges(
  url: string,
  onChange: () => void,
): Promise<{ close: () => Promise<void> }> {
  const listener = postgres(url, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: 'studyhall-schema' },
  })
  // Changes that came while the connection was lost went unheard, so a new connection counts as one.
  await listener.listen('pgrst', onChange, onChange)
  return { close: () => listener.end({ timeout: 1 }) }
}

/** An expected refusal of our own SQL functions: they raise `PT` and an HTTP status. */
const isRefusal = (line: string): boolean => /\bPT\d{3}$/.test(line)

/** What the driver says of a value that it cannot write as its parameter's type. */
const bindingError = /ERR_INVALID_ARG_TYPE|Cannot convert object to primitive value/

/**
 * The library answers a value of a wrong JSON type, from somebody who is not signed in or in a query, with status 500 and the
 * driver's exception. It is what PostgREST answers with 400.
 */
async function withoutBindingErrors(response: Response): Promise<Response> {
  if (response.status !== 500) return response
  const text = await response.text()
  const { status, headers } = response
  if (!bindingError.test(text)) return new Response(text, { status, headers })
  return Response.json(
    { code: '22P02', details: null, hint: null, message: 'a value is not of the type that is wanted' },
    { status: 400, headers: { 'access-control-allow-origin': '*' } },
  )
}

/** The one place that knows `@supabase/lite`. Nothing of it sends telemetry: that is in its command line only. */
export async function createLiteApi(options: LiteApiOptions): Promise<LiteApi> {
  const { log } = options
  const connection = new ApiConnection({
    apiUrl: options.apiUrl,
    catalogUrl: options.catalogUrl,
    maxConnections,
  })
  const app = new App({
    connection,
    api: { enabled: true, schemas: ['public'], max_rows: 1000 },
    db: { migrations: { enabled: false } },
    studio: { enabled: false },
    storage: { enabled: false },
    auth: {
      enabled: true,
      jwt_secret: options.jwtSecret,
      jwt_expiry: options.accessTokenLifetimeS,
      publishable_key: options.publishableKey,
      secret_key: options.secretKey,
      enable_signup: true,
      minimum_password_length: 8,
      email: { enable_signup: true, enable_confirmations: false },
    },
    options: { server: { admin: false, disableStudio: true } },
  })
  await app.init()
  const changes = await followSchemaChanges(options.catalogUrl, () => connection.forgetSchema())
  const quietly = <T>(work: () => Promise<T>): Promise<T> =>
    withQuietConsole((line) => {
      if (!isRefusal(line)) log.warn(`api: ${line}`)
    }, work)
  // The first request would have to wait for it. If it fails now, that request tries again.
  const warmUp = quietly(async () => void (await connection.introspect())).catch(() => {})
  const shortcut = createFunctionShortcut({ ...options, connection })
  return {
    fetch: (request) =>
      quietly(async () => {
        const answered = await shortcut(request)
        return answered instanceof Response ? answered : await withoutBindingErrors(await app.fetch(answered))
      }),
    close: async () => {
      await warmUp
      await Promise.all([changes.close(), connection.close()])
    },
  }
}
