import * as fc from 'fast-check'
import type { ApiOperation, JsonSchema } from './readApiDocument.ts'

/** A request to the API as it is to be sent. */
export interface ApiRequest {
  readonly method: string
  /** Path and query, encoded. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array<ArrayBuffer> | null
  /** False where nobody may be served: no token, or one that is not good. */
  readonly hasGoodToken: boolean
}

/** What a hostile person knows. */
export interface KnownValues {
  /** Values by the name of the part of an address or of a body that takes them. */
  readonly values: Readonly<Record<string, readonly string[]>>
  readonly goodTokens: readonly string[]
  /** Whole values of the header `authorization`; undefined: without it. */
  readonly badAuthorizations: readonly (string | undefined)[]
}

const uuidText = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
const nastyTexts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\uD800',
  'x\uDFFFy',
  '\u202Eevil',
  '\u200B\uFEFF',
  '\u0007\u001B[31m',
  "'; drop table public.rooms; --",
  "' or ''='",
  '$$ select pg_sleep(9) $$',
  '{a,b,"c',
  '%',
  '_%\\',
  '%00',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '${process.exit()}',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  'Infinity',
  '1e308',
  '-1',
  '0x7f',
  '99999999999999999999',
  'İ'.repeat(24),
  '👩‍👩‍👧‍👦'.repeat(20),
  'ﷺ'.repeat(24),
  'a'.repeat(5_000),
  uuidText.toUpperCase(),
  `{${uuidText}}`,
  uuidText.replaceAll('-', ''),
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
] as const
export const nastyNumbers = [0, -1, 1.5, 1e308, -1e308, 2 ** 31, 2 ** 53, -(2 ** 53), 1e-7] as const

/** Texts that have broken other programs. */
export const hostileText = fc.oneof(
  fc.constantFrom(...nastyTexts),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.string({ maxLength: 100 }),
)
/** The same of every type. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom(...nastyNumbers),
  fc.constantFrom(null, true, false, [], {}, [null], [[[[[]]]]], { toString: 1, length: -1 }),
  fc.jsonValue({ maxDepth: 3 }),
)

/** A value that a schema allows, as far as it says so. */
function allowedValue(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(allowedValue))
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (Array.isArray(schema.type)) {
    return fc.oneof(...schema.type.map((type) => allowedValue({ ...schema, type })))
  }
  switch (schema.type) {
    case 'string':
      return schema.pattern === undefined
        ? fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 20, 200) })
        : fc.stringMatching(new RegExp(schema.pattern))
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 1_000, 50_000) })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(allowedValue(schema.items ?? {}), { maxLength: schema.maxItems ?? 3 })
    case 'object':
      return fc.record(mapValues(schema.properties ?? {}, allowedValue), {
        requiredKeys: schema.required ?? [],
      })
    default:
      return fc.jsonValue({ maxDepth: 1 })
  }
}

function mapValues<T, R>(values: Readonly<Record<string, T>>, map: (value: T, key: string) => R) {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value, key)]))
}

/** Requests to an operation: some as its schemas want them, most of them wrong in one way or in many. */
export function createHostileRequests(operation: ApiOperation, known: KnownValues): fc.Arbitrary<ApiRequest> {
  const byPlace = (place: string): ApiOperation['parameters'] =>
    operation.parameters.filter((parameter) => parameter.in === place)
  const valueOf = (name: string, schema: JsonSchema): fc.Arbitrary<unknown> => {
    const values = known.values[name]
    return fc.oneof(
      { weight: values ? 12 : 0, arbitrary: fc.constantFrom(...(values ?? [''])) },
      { weight: values ? 1 : 6, arbitrary: allowedValue(schema) },
      { weight: 3, arbitrary: hostileValue },
    )
  }
  return fc
    .record({
      path: fc.tuple(...byPlace('path').map(({ name, schema }) => valueOf(name, schema))),
      query: createQuery(byPlace('query')),
      headers: fc.record(
        mapValues(
          Object.fromEntries(byPlace('header').map((one) => [one.name, one.schema])),
          (schema, name) => valueOf(name, schema),
        ),
        { requiredKeys: [] },
      ),
      body: createBody(operation, valueOf),
      contentHeaders: fc.oneof(
        { weight: 6, arbitrary: fc.constant({ 'content-type': 'application/json' }) },
        {
          weight: 1,
          arbitrary: fc.constantFrom<Record<string, string>>(
            { 'content-type': 'text/plain' },
            { 'content-type': 'multipart/form-data; boundary=x' },
            { 'content-type': 'application/json; charset=utf-16' },
            { 'content-type': 'application/x-www-form-urlencoded' },
            { 'content-type': '', 'content-encoding': 'gzip' },
          ),
        },
      ),
      access: fc.oneof(
        {
          weight: 9,
          arbitrary: fc.constantFrom(...known.goodTokens).map((token) => [`Bearer ${token}`, true] as const),
        },
        {
          weight: 2,
          arbitrary: fc.constantFrom(...known.badAuthorizations).map((text) => [text, false] as const),
        },
      ),
    })
    .map(({ path, query, headers, body, contentHeaders, access: [authorization, hasGoodToken] }) => {
      let place = 0
      const filled = operation.path.replaceAll(/\{\w+\}/g, () => encodePathPart(path[place++]))
      return {
        method: operation.method,
        path: `${filled}${query}`,
        headers: {
          ...(body === null ? {} : contentHeaders),
          ...Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => asHeader(name, value))),
          ...(authorization === undefined ? {} : { authorization }),
        },
        body,
        hasGoodToken,
      }
    })
}

/** A value as one part of a path; URLs take dots and nothing at all for something else. */
function encodePathPart(value: unknown): string {
  const text = asText(value)
  return /^\.{0,2}$/.test(text) ? '~' : encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'))
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

/** A header that can be sent at all, or none. */
function asHeader(name: string, value: unknown): readonly (readonly [string, string])[] {
  const text = asText(value).replaceAll(/[^\x20-\x7E\xA0-\xFF]/g, '?')
  return [[name, text.trim()]]
}

function createQuery(parameters: ApiOperation['parameters']): fc.Arbitrary<string> {
  const pair = fc.oneof(
    ...parameters.map(({ name, schema }) =>
      fc.tuple(fc.constant(name), fc.oneof(allowedValue(schema), hostileText)),
    ),
    fc.tuple(fc.constantFrom('__proto__', 'constructor', 'x[]', 'unknown'), hostileText),
  )
  const encode = (value: unknown): string =>
    encodeURIComponent(asText(value).replaceAll(/\p{Surrogate}/gu, '\uFFFD'))
  return fc
    .oneof(
      { weight: 4, arbitrary: fc.uniqueArray(pair, { maxLength: 4, selector: ([name]) => name }) },
      { weight: 1, arbitrary: fc.array(pair, { maxLength: 4 }) },
    )
    .map((pairs) => pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&'))
    .chain((text) => fc.constantFrom(text, text, text, `${text}&&=%`))
    .map((text) => (text === '' ? '' : `?${text}`))
}

const bytes = (...values: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values)
const brokenBodies = [
  '',
  '{',
  '{"name": "Tom',
  '[]',
  'null',
  '"text"',
  '17',
  '{"name": NaN}',
  '{"name": 1e999}',
  "{'name': 'x'}",
  '\uFEFF{}',
  'name=Tom&privacy=public',
  '['.repeat(8_000),
  `${'{"a":'.repeat(2_500)}1${'}'.repeat(2_500)}`,
  `{"name": "${'a'.repeat(17_000)}"}`,
  'x'.repeat(200_000),
  bytes(0x7b, 0x22, 0x6e, 0x61, 0x6d, 0x65, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0xc3, 0x28, 0x22, 0x7d),
  bytes(0x1f, 0x8b, 0x08, 0x00, 0x00),
] as const

function createBody(
  operation: ApiOperation,
  valueOf: (name: string, schema: JsonSchema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<ApiRequest['body']> {
  if (operation.method === 'GET') return fc.constant(null)
  const broken = fc.constantFrom(...brokenBodies)
  const schema = operation.body?.schema
  if (schema?.type !== 'object') return fc.oneof(fc.constant(null), broken)
  const allowed = valueOfObject(schema, (name, inner) =>
    fc.oneof({ weight: 4, arbitrary: valueOf(name, inner) }, { weight: 1, arbitrary: allowedValue(inner) }),
  )
  const gentle = valueOfObject(schema, (name, inner) => {
    const values = ['connectionId', 'code', 'inviteCode', 'userId'].includes(name)
    return values ? valueOf(name, inner) : allowedValue(inner)
  })
  const extra = fc.dictionary(
    fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'id', 'creatorId', 'isAdmin', ''),
    hostileValue,
    { maxKeys: 3 },
  )
  return fc.oneof(
    { weight: 4, arbitrary: gentle.map((value) => JSON.stringify(value)) },
    { weight: 5, arbitrary: allowed.map((value) => JSON.stringify(value)) },
    { weight: 2, arbitrary: fc.tuple(gentle, extra).map(([value, more]) => joinObjects(value, more)) },
    { weight: 2, arbitrary: broken },
  )
}

function valueOfObject(
  schema: JsonSchema,
  valueOf: (name: string, schema: JsonSchema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<object> {
  return fc.record(
    mapValues(schema.properties ?? {}, (inner, name) => valueOf(name, inner)),
    { requiredKeys: schema.required ?? [] },
  )
}

/** JSON with the keys of both, as text: an object could not hold a `__proto__` of its own everywhere. */
function joinObjects(left: object, right: object): string {
  const pairs = [...Object.entries(left), ...Object.entries(right)]
  return `{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value) ?? 'null'}`).join(',')}}`
}
