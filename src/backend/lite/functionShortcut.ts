import { sql, type RawBuilder } from 'kysely'
import { readAccessToken, type SignedInClaims } from './accessToken.ts'
import type { ApiConnection } from './apiConnection.ts'

type Catalog = Awaited<ReturnType<ApiConnection['introspect']>>
type CatalogFunction = NonNullable<Catalog['functions']>[number]
type Parameter = {
  readonly name: string
  readonly type: string
  readonly value: unknown
  /** Whether the driver writes the value as PostgREST would. */
  readonly isPlain: boolean
}

export type FunctionShortcutOptions = {
  readonly connection: ApiConnection
  readonly jwtSecret: string
  readonly publishableKey: string
}

const rpcPath = /^\/rest\/v1\/rpc\/([a-z_]+)$/
/** With any of these the library is asked for more than the function's answer. */
const demanding = ['prefer', 'range', 'accept-profile']
const plainAccept = new Set([null, '*/*', 'application/json'])
const plainProfile = new Set([null, 'public'])

/**
 * The types of parameters whose values the driver writes as PostgREST would, and how such a value is told. Everything else
 * PostgreSQL reads from JSON, which takes longer.
 */
const plainTypes: Readonly<Record<string, (value: unknown) => boolean>> = {
  uuid: (value) => typeof value === 'string',
  text: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isInteger(value),
}

const plainAnswers = new Set(['boolean', 'jsonb', 'text', 'void'])
/** Those of the library. */
const sharedHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Content-Range, Content-Location, Preference-Applied',
}

/** Whom a plain request to call a function is from, and which one; null for every other request. */
async function readPlainCall(
  request: Request,
  publishableKey: string,
  secret: Uint8Array,
): Promise<{ readonly name: string; readonly claims: SignedInClaims } | null> {
  if (request.method !== 'POST') return null
  const { pathname, search } = new URL(request.url)
  const name = rpcPath.exec(pathname)?.[1]
  const { headers } = request
  if (name === undefined || search !== '' || demanding.some((header) => headers.has(header))) return null
  if (!plainAccept.has(headers.get('accept')) || !plainProfile.has(headers.get('content-profile')))
    return null
  if (headers.get('content-type')?.split(';')[0] !== 'application/json') return null
  // SECURITY: the secret key opens other ways, all of them the library's.
  if (headers.get('apikey') !== publishableKey) return null
  const token = /^Bearer (\S+)$/.exec(headers.get('authorization') ?? '')?.[1]
  if (token === undefined) return null
  const claims = await readAccessToken(token, secret)
  return claims === null ? null : { name, claims }
}

/** The parameters as the function takes them; null where the library has to see to them, or to refuse them. */
function readParameters(callee: CatalogFunction, body: string): readonly Parameter[] | null {
  let given: unknown
  try {
    given = JSON.parse(body)
  } catch {
    return null
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return null
  const parameters: Parameter[] = []
  for (const [name, value] of Object.entries(given)) {
    const type = callee.arg_types[callee.arg_names.indexOf(name)]
    if (type === undefined) return null
    parameters.push({ name, type, value, isPlain: value === null || plainTypes[type]?.(value) === true })
  }
  const required = callee.arg_names.slice(0, callee.arg_names.length - callee.arg_defaults)
  const isComplete = required.every((name) => parameters.some((parameter) => parameter.name === name))
  return isComplete ? parameters : null
}

/**
 * The call with values of any kind, as PostgREST makes it: PostgreSQL itself reads them from JSON as the types want them, or
 * refuses them.
 */
function callByJson(name: string, parameters: readonly Parameter[]): RawBuilder<Record<string, unknown>> {
  const values = JSON.stringify(
    Object.fromEntries(parameters.map(({ name: parameter, value }) => [parameter, value])),
  )
  const columns = parameters.map(({ name: column, type }) => sql.raw(`${column} ${type}`))
  const given = parameters.map(({ name: parameter }) => sql.raw(`${parameter} := given.${parameter}`))
  return sql`select public.${sql.raw(name)}(${sql.join(given)}) as ${sql.ref(name)}
    from json_to_record(${values}::text::json) as given (${sql.join(columns)})`
}

/** SECURITY: names and types are the catalog's, values are parameters. */
function callOf(name: string, parameters: readonly Parameter[]): RawBuilder<Record<string, unknown>> {
  if (!parameters.every(({ isPlain }) => isPlain)) return callByJson(name, parameters)
  const given = parameters.map(
    ({ name: parameter, type, value }) => sql`${sql.raw(parameter)} := ${value}::${sql.raw(type)}`,
  )
  return sql`select * from public.${sql.raw(name)}(${sql.join(given)}) as ${sql.ref(name)}`
}

/** Functions of one name and one plain answer, by name. */
function plainFunctions(catalog: Catalog): ReadonlyMap<string, CatalogFunction> {
  const all = (catalog.functions ?? []).filter(({ schema }) => schema === 'public')
  const plain = all.filter(
    ({ name, return_type, return_is_setof, has_variadic }) =>
      plainAnswers.has(return_type) &&
      !return_is_setof &&
      !has_variadic &&
      all.filter((other) => other.name === name).length === 1,
  )
  return new Map(plain.map((callee) => [callee.name, callee]))
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const textOf = (error: unknown, key: 'detail' | 'hint'): unknown =>
  error instanceof Error && key in error ? Reflect.get(error, key) : null

function answer(status: number, value: unknown): Response {
  const body = Buffer.from(JSON.stringify(value))
  return new Response(body, {
    status,
    headers: {
      ...sharedHeaders,
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(body.byteLength),
    },
  })
}

/** Nothing at all for a function that answers nothing. */
function answerOf(callee: CatalogFunction, value: unknown): Response {
  if (callee.return_type !== 'void') return answer(200, value ?? null)
  return new Response(null, { status: 204, headers: sharedHeaders })
}

/**
 * The answer to what the function has raised; null where the library may run it again to find its words: nothing of a
 * statement that PostgreSQL has refused is left. A connection that broke does not tell what has become of the call, which
 * must not be made twice.
 */
function refusalOf(error: unknown): Response | null {
  const code = codeOf(error)
  // Class 22: a value that is none of its type.
  const status = Number(/^PT([2-5]\d\d)$/.exec(code)?.[1] ?? (code.startsWith('22') ? 400 : 0))
  if (status > 0 && error instanceof Error) {
    const { message } = error
    return answer(status, { code, details: textOf(error, 'detail'), hint: textOf(error, 'hint'), message })
  }
  if (/^(?:2[13]|40|42|53|55|P0)[0-9A-Z]{3}$/.test(code)) return null
  console.error(error)
  return answer(500, { code: 'SUP', details: null, hint: null, message: 'The database did not answer.' })
}

/**
 * Answers plain calls of functions by somebody signed in (`POST /rest/v1/rpc/<name>`) as the library would, and hands back
 * every other request for the library to answer, which is built for any query on any table and takes most of the time of
 * a call to find out that it is none.
 *
 * The function says nothing of its answer by `response.status` and `response.headers`: none of ours does.
 */
export function createFunctionShortcut(
  options: FunctionShortcutOptions,
): (request: Request) => Promise<Response | Request> {
  const { connection, publishableKey } = options
  const secret = new TextEncoder().encode(options.jwtSecret)
  const known = new WeakMap<Catalog, ReadonlyMap<string, CatalogFunction>>()
  const findFunction = async (name: string): Promise<CatalogFunction | undefined> => {
    const catalog = await connection.introspect()
    const functions = known.get(catalog) ?? plainFunctions(catalog)
    known.set(catalog, functions)
    return functions.get(name)
  }
  return async (request) => {
    const call = await readPlainCall(request, publishableKey, secret)
    if (call === null) return request
    const callee = await findFunction(call.name)
    if (callee === undefined) return request
    const { method, url, headers } = request
    const body = await request.text()
    const unread = (): Request => new Request(url, { method, headers, body })
    const parameters = readParameters(callee, body)
    if (parameters === null) return unread()
    const vars = { auth: { uid: call.claims.sub, role: 'authenticated', jwt: call.claims } }
    const rpc = {
      method,
      path: `/rpc/${call.name}`,
      readOnly: false,
      requestHeaders: Object.fromEntries(headers),
    }
    try {
      const rows = await connection.callFunction(vars, rpc, callOf(call.name, parameters))
      return answerOf(callee, rows[0]?.[call.name])
    } catch (error) {
      return refusalOf(error) ?? unread()
    }
  }
}
