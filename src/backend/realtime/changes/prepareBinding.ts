import type { Sql } from 'postgres'
import { err, ok, type Result } from '../../../shared/result.ts'
import { describeError } from '../realtimeLog.ts'
import { describeBinding, parseBinding, type ChangeBinding, type ParsedBinding } from './changeBindings.ts'
import { valueKindOf, type PreparedCondition } from './changeFilter.ts'

/** A binding that the database has agreed to. */
export interface PreparedBinding extends Omit<ParsedBinding, 'conditions'> {
  readonly id: number
  readonly conditions: readonly PreparedCondition[]
}

/** Checks a binding against the publication and the role's rights. The error is in Supabase's words. */
export async function prepareBinding(
  sql: Sql,
  publication: string,
  binding: ChangeBinding,
  role: string,
): Promise<Result<PreparedBinding, string>> {
  const parsed = parseBinding(binding.params)
  if (!parsed.ok) return parsed
  const wanted = parsed.value
  try {
    const entities = await sql<{ oid: number }[]>`
      select format('%I.%I', schemaname, tablename)::regclass::oid as oid
      from pg_publication_tables
      where pubname = ${publication}
        and (${wanted.schema} = '*' or schemaname = ${wanted.schema})
        and (${wanted.table} = '*' or tablename = ${wanted.table})`
    if (entities.length === 0) {
      return err(
        `Unable to subscribe to changes with given parameters. Please check Realtime is enabled for the given connect parameters: ${describeBinding(wanted)}`,
      )
    }
    const conditions: PreparedCondition[] = []
    for (const { oid } of entities) {
      for (const condition of wanted.conditions) {
        const { column, operator, negated, value } = condition
        const [prepared] = await sql<{ type: string; values: (string | null)[] }[]>`
          select type_name as type, to_json(prepared_values) as values
          from realtime.prepare_change_filter(${oid}::oid::regclass, ${role}, ${column}, ${operator}, ${value})`
        if (prepared === undefined) continue
        conditions.push({
          column,
          operator,
          negated,
          valueKind: valueKindOf(prepared.type),
          values: prepared.values,
        })
      }
    }
    return ok({ ...wanted, id: binding.id, conditions })
  } catch (error) {
    return err(
      `Unable to subscribe to changes with given parameters. An exception happened so please check your connect parameters: ${describeBinding(wanted)}. Exception: ${describeError(error)}`,
    )
  }
}
