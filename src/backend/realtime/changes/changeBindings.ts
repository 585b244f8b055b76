import { err, ok, type Result } from '../../../shared/result.ts'
import type { ChangeBindingParams } from '../protocol/joinPayload.ts'
import { parseFilter, type FilterCondition } from './changeFilter.ts'

/** A `postgres_changes` binding with the number by which the client knows it. */
export interface ChangeBinding {
  readonly id: number
  readonly params: ChangeBindingParams
}

export type ChangeAction = 'INSERT' | 'UPDATE' | 'DELETE'

/** What a binding asks for. `*` stands for every action, schema or table. */
export interface ParsedBinding {
  readonly action: ChangeAction | '*'
  readonly schema: string
  readonly table: string
  readonly conditions: readonly FilterCondition[]
  /** Null for every column. */
  readonly select: readonly string[] | null
}

/**
 * Numbers a channel's bindings. Equal bindings get equal numbers, in every channel, so that one encoded message serves
 * all who asked for the same.
 */
export function numberBindings(params: readonly ChangeBindingParams[]): ChangeBinding[] {
  const taken = new Map<number, string>()
  return params.map((binding) => {
    const text = JSON.stringify(binding)
    let id = hash27(text)
    while (taken.has(id) && taken.get(id) !== text) id += 1
    taken.set(id, text)
    return { id, params: binding }
  })
}

/** FNV-1a, cut to the 27 bits that Supabase's numbers have. */
function hash27(text: string): number {
  let hash = 0x811c9dc5
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return hash & 0x7ffffff
}

/** Reads a binding; the error is in Supabase's words. */
export function parseBinding(params: ChangeBindingParams): Result<ParsedBinding, string> {
  const { schema, table, filter, select } = params
  if (typeof schema !== 'string' && typeof table !== 'string') {
    return err(
      `No subscription params provided. Please provide at least a \`schema\` or \`table\` to subscribe to: ${JSON.stringify(params)}`,
    )
  }
  const conditions = parseFilter(typeof filter === 'string' ? filter : '')
  if (!conditions.ok) return err(`Error parsing \`filter\` params: ${conditions.error}`)
  if (typeof select === 'string') {
    return err(
      'Error parsing `select` params: expected a list of column name strings, e.g. select: ["col1", "col2"]',
    )
  }
  const columns = Array.isArray(select) ? select.filter((name) => typeof name === 'string') : []
  const binding: ParsedBinding = {
    action: toAction(params.event),
    schema: typeof schema === 'string' ? schema : 'public',
    table: typeof table === 'string' ? table : '*',
    conditions: conditions.value,
    select: columns.length === 0 ? null : columns,
  }
  if (binding.select !== null && (binding.schema === '*' || binding.table === '*')) {
    return err(
      'Column selection is not supported for wildcard subscriptions. Provide an explicit schema and table name.',
    )
  }
  return ok(binding)
}

function toAction(event: unknown): ChangeAction | '*' {
  const name = typeof event === 'string' ? event.toUpperCase() : '*'
  return name === 'INSERT' || name === 'UPDATE' || name === 'DELETE' ? name : '*'
}

/** The binding as it stands in an error. */
export function describeBinding(binding: ParsedBinding): string {
  const filters = binding.conditions.map(
    ({ column, operator, value }) => `{${column}, ${operator}, ${value}}`,
  )
  return `[event: ${binding.action}, schema: ${binding.schema}, table: ${binding.table}, filters: [${filters.join(', ')}]]`
}
