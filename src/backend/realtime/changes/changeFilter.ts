import { err, ok, type Result } from '../../../shared/result.ts'
import type { RowValues } from './pgoutput.ts'

const operators = ['eq', 'neq', 'lt', 'lte', 'gt', 'gte', 'in', 'like', 'ilike', 'is', 'isdistinct'] as const
export type FilterOperator = (typeof operators)[number]

/** One condition as the client wrote it, e.g. `id=gt.5`. */
export interface FilterCondition {
  readonly column: string
  readonly operator: FilterOperator
  readonly negated: boolean
  /** For `in` an array literal of PostgreSQL, `{a,b}`. */
  readonly value: string
}

/** How two values of a column compare. */
export type ValueKind = 'decimal' | 'float' | 'text'

/** A condition whose values PostgreSQL has put into the form in which rows arrive. */
export interface PreparedCondition {
  readonly column: string
  readonly operator: FilterOperator
  readonly negated: boolean
  readonly valueKind: ValueKind
  readonly values: readonly (string | null)[]
}

/** Reads a filter: conditions joined by commas, all of which must hold. The error is in Supabase's words. */
export function parseFilter(filter: string): Result<FilterCondition[], string> {
  if (filter.trim() === '') return ok([])
  const conditions: FilterCondition[] = []
  for (const segment of splitConditions(filter.trim())) {
    const condition = parseCondition(segment.trim())
    if (!condition.ok) return condition
    conditions.push(condition.value)
  }
  return ok(conditions)
}

function parseCondition(segment: string): Result<FilterCondition, string> {
  if (segment === '') return err('filter must not contain empty segments (check for extra commas)')
  const equals = segment.indexOf('=')
  if (equals < 0) return err(`["${segment}"]`)
  const rest = segment.slice(equals + 1)
  const negated = rest.startsWith('not.')
  const operation = negated ? rest.slice(4) : rest
  const dot = operation.indexOf('.')
  if (dot < 0) return err(`["${operation}"]`)
  const name = operation.slice(0, dot)
  const raw = operation.slice(dot + 1)
  const operator = operators.find((known) => known === name)
  if (operator === undefined) return err(`["${name}", "${raw}"]`)
  const column = segment.slice(0, equals)
  if (operator !== 'in') return ok({ column, operator, negated, value: unquote(raw) })
  if (!raw.startsWith('(') || !raw.endsWith(')'))
    return err('`in` filter value must be wrapped by parentheses')
  return ok({ column, operator, negated, value: `{${raw.slice(1, -1)}}` })
}

/** Splits at commas that are neither in quotes nor in parentheses. */
function splitConditions(filter: string): string[] {
  const segments: string[] = []
  let current = ''
  let depth = 0
  let quoted = false
  for (let index = 0; index < filter.length; index += 1) {
    const char = filter.charAt(index)
    if (quoted && char === '\\') {
      current += char + filter.charAt(index + 1)
      index += 1
      continue
    }
    if (char === '"' && (quoted || /[.(,]$/.test(current))) quoted = !quoted
    else if (!quoted && char === '(') depth += 1
    else if (!quoted && char === ')') depth = Math.max(0, depth - 1)
    if (char === ',' && !quoted && depth === 0) {
      segments.push(current)
      current = ''
    } else current += char
  }
  return [...segments, current]
}

function unquote(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value
  return value.slice(1, -1).replaceAll(/\\(.)/g, '$1')
}

/** Which comparison a column's type (as in pg_type.typname) takes. Text compares by code point. */
export function valueKindOf(typeName: string): ValueKind {
  if (['int2', 'int4', 'int8', 'numeric', 'oid'].includes(typeName)) return 'decimal'
  return ['float4', 'float8'].includes(typeName) ? 'float' : 'text'
}

/** Whether a row meets every condition. A column that did not arrive meets none, as with Supabase. */
export function matchesFilter(conditions: readonly PreparedCondition[], row: RowValues): boolean {
  return conditions.every((condition) => {
    const value = row.get(condition.column)
    if (value === undefined) return false
    const holds = evaluate(condition, value)
    return holds !== null && holds !== condition.negated
  })
}

/** Three-valued like SQL: null is neither true nor, negated, false. */
function evaluate(condition: PreparedCondition, value: string | null): boolean | null {
  const [operand = null] = condition.values
  switch (condition.operator) {
    case 'is':
      return evaluateIs(operand, value)
    case 'isdistinct':
      if (value === null || operand === null) return value !== operand
      return compareValues(condition.valueKind, value, operand) !== 0
    case 'in': {
      if (value === null) return null
      const found = condition.values.some((item) => item !== null && isEqual(condition, value, item))
      return found || (condition.values.includes(null) ? null : false)
    }
    default:
      if (value === null || operand === null) return null
      return evaluateComparison(condition, value, operand)
  }
}

function evaluateIs(operand: string | null, value: string | null): boolean {
  if (operand === 'true') return value === 't'
  if (operand === 'false') return value === 'f'
  return value === null
}

function evaluateComparison(condition: PreparedCondition, value: string, operand: string): boolean {
  const order = compareValues(condition.valueKind, value, operand)
  switch (condition.operator) {
    case 'eq':
      return order === 0
    case 'neq':
      return order !== 0
    case 'lt':
      return order < 0
    case 'lte':
      return order <= 0
    case 'gt':
      return order > 0
    case 'gte':
      return order >= 0
    case 'like':
      return patternOf(operand, 'su').test(value)
    case 'ilike':
      return patternOf(operand, 'siu').test(value)
    case 'in':
    case 'is':
    case 'isdistinct':
      return false
  }
}

function isEqual(condition: PreparedCondition, value: string, item: string): boolean {
  return compareValues(condition.valueKind, value, item) === 0
}

/** Negative, zero or positive. NaN equals itself and is above everything, as in PostgreSQL. */
export function compareValues(kind: ValueKind, left: string, right: string): number {
  if (left === right) return 0
  if (kind === 'text') return left < right ? -1 : 1
  if (left === 'NaN' || right === 'NaN') return left === 'NaN' ? 1 : -1
  if (kind === 'decimal' && isFinite(left) && isFinite(right)) return compareDecimals(left, right)
  return Math.sign(Number(left) - Number(right))
}

function isFinite(value: string): boolean {
  return !value.includes('Infinity')
}

/** Exact, however many digits. */
function compareDecimals(left: string, right: string): number {
  const scale = Math.max(fractionDigits(left), fractionDigits(right))
  const difference = scaled(left, scale) - scaled(right, scale)
  return difference === 0n ? 0 : difference < 0n ? -1 : 1
}

function fractionDigits(value: string): number {
  const dot = value.indexOf('.')
  return dot < 0 ? 0 : value.length - dot - 1
}

function scaled(value: string, scale: number): bigint {
  return BigInt(value.replace('.', '') + '0'.repeat(scale - fractionDigits(value)))
}

/** A LIKE pattern as a regular expression. */
function patternOf(pattern: string, flags: string): RegExp {
  const source = pattern.replaceAll(/\\(.)|%|_|[.*+?^${}()|[\]\\/]/gsu, (match, escaped?: string) => {
    if (escaped !== undefined) return escapeRegExp(escaped)
    if (match === '%') return '.*'
    return match === '_' ? '.' : escapeRegExp(match)
  })
  return new RegExp(`^${source}$`, flags)
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
}
