import * as fc from 'fast-check'
import type { DatabaseFunction } from './databaseFunctions.ts'
import { hostileText, hostileValue, nastyNumbers, type KnownValues } from './hostileRequests.ts'

/** A call of a function as it is to be sent. */
export interface FunctionCall {
  readonly name: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly authorization: string | undefined
  /** False where nobody may be served: no token, or one that is not good. */
  readonly hasGoodToken: boolean
}

type Parameter = DatabaseFunction['parameters'][number]

const settings = { allow_chat: true, allow_video: true, allow_screenshare: true }
/** Values that mean something, by the name of the parameter that takes them; what a world knows comes on top. */
const meaningfulValues: Readonly<Record<string, readonly unknown[]>> = {
  p_action: ['ice_servers', 'bandwidth'],
  p_changes: [
    { name: 'Other' },
    { privacy: 'private' },
    { tags: ['maths'] },
    { maxParticipants: 3 },
    { settings },
  ],
  p_from: ['2026-11-01', '2020-02-30', '-infinity', '4713-01-01 BC'],
  p_to: ['2026-11-27', 'infinity', '294276-12-31'],
  p_before: ['2026-11-27T10:00:00Z', 'infinity', '-infinity', '294276-12-31T23:59:59Z', 'now', 'epoch'],
  p_after_created_at: ['2026-11-27T10:00:00Z', 'infinity', '-infinity'],
  p_settings: [settings, { ...settings, allow_chat: 'yes' }],
  p_reason: ['harassment', 'spam', 'other'],
  p_rrule: [
    'FREQ=DAILY',
    'FREQ=MONTHLY;BYMONTHDAY=31;INTERVAL=99',
    'FREQ=YEARLY',
    'FREQ=DAILY;UNTIL=20260230',
    'FREQ',
  ],
  p_sample: [{ windowMs: 60_000, topology: 'mesh', pathKind: 'host' }],
  p_starts_at: ['2026-11-27T18:00', 'infinity', '294276-12-31T23:59:59', '1000-01-01T00:00 BC'],
  // Of arrays in arrays PostgreSQL takes those whose parts are of one depth and length.
  p_tags: [['maths'], [['a', 'b'], 'c'], [[true, 'a'], -5], [['a'], ['b']], '{a,b}', {}],
  p_time_zone: ['Europe/Berlin', 'UTC', 'Europe/Atlantis', '+25:00', 'localtime', 'posix/UTC'],
}

/** Values that the type itself takes, at its edges as well. */
function allowedValue({ type, labels }: Parameter): fc.Arbitrary<unknown> {
  if (labels.length > 0) return fc.constantFrom(...labels)
  switch (type) {
    case 'uuid':
      return fc.uuid()
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.oneof(fc.integer({ min: -2, max: 60 }), fc.constantFrom(2_147_483_647, -2_147_483_648))
    case 'text':
      return hostileText
    case 'text[]':
      return fc.array(hostileText, { maxLength: 7 })
    case 'jsonb':
      return fc.jsonValue({ maxDepth: 3 })
    default:
      // Dates and times.
      return fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
  }
}

/** Calls of a function: some that may succeed, most of them wrong in one way or in many. */
export function createHostileCalls(callee: DatabaseFunction, known: KnownValues): fc.Arbitrary<FunctionCall> {
  const valueOf = (parameter: Parameter): fc.Arbitrary<unknown> => {
    const values = [...(known.values[parameter.name] ?? []), ...(meaningfulValues[parameter.name] ?? [])]
    return fc.oneof(
      {
        weight: values.length > 0 ? 9 : 0,
        arbitrary: fc.constantFrom(...(values.length > 0 ? values : [''])),
      },
      { weight: values.length > 0 ? 2 : 6, arbitrary: allowedValue(parameter) },
      { weight: 1, arbitrary: fc.constantFrom(null, ...nastyNumbers) },
      { weight: 2, arbitrary: hostileValue },
    )
  }
  const parameters = fc.record(
    Object.fromEntries(callee.parameters.map((parameter) => [parameter.name, valueOf(parameter)])),
    { requiredKeys: callee.parameters.filter(({ isOptional }) => !isOptional).map(({ name }) => name) },
  )
  const access = fc.oneof(
    {
      weight: 11,
      arbitrary: fc
        .constantFrom(...known.goodTokens)
        .map((token) => ({ authorization: `Bearer ${token}`, hasGoodToken: true })),
    },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom(...known.badAuthorizations)
        .map((authorization) => ({ authorization, hasGoodToken: false })),
    },
  )
  return fc
    .record({ parameters, access })
    .map(({ parameters: given, access: { authorization, hasGoodToken } }) => ({
      name: callee.name,
      parameters: given,
      authorization,
      hasGoodToken,
    }))
}
