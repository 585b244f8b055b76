import type { Sql } from 'postgres'
import type { RowChange } from './changeStream.ts'
import type { RowValues } from './pgoutput.ts'

/** A changed row ready to travel, before anything is taken out of it. */
export interface DescribedChange {
  readonly record: Readonly<Record<string, unknown>>
  readonly oldRecord: Readonly<Record<string, unknown>>
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly keyNames: readonly string[]
  readonly hasPolicies: boolean
}

/** What one role may see of a changed row, and which of the claims may see it at all. */
export interface ChangeVisibility {
  readonly selectableNames: ReadonlySet<string>
  readonly visible: readonly boolean[]
}

interface DescribedRow extends Omit<DescribedChange, 'columns' | 'hasPolicies'> {
  readonly columns: DescribedChange['columns'] | null
  readonly hasPolicies: boolean | null
}

/** Turns a row's text into typed JSON, in the database, because it knows the types. Null when the table is gone. */
export async function describeChange(sql: Sql, change: RowChange): Promise<DescribedChange | null> {
  const row = change.kind === 'delete' ? new Map<string, string | null>() : mergedRow(change)
  const oldRow = change.kind === 'insert' ? new Map<string, string | null>() : (change.oldRow ?? new Map())
  const [described] = await sql<DescribedRow[]>`
    select new_record::json as record, old_record::json as "oldRecord", column_list::json as columns, to_json(key_names) as "keyNames",
           has_policies as "hasPolicies"
    from realtime.describe_change(
      ${change.relation.oid}::oid::regclass,
      ${[...row.keys()]}::text[], ${[...row.values()]}::text[],
      ${[...oldRow.keys()]}::text[], ${[...oldRow.values()]}::text[])`
  if (described === undefined || described.columns === null) return null
  return {
    record: described.record,
    oldRecord: described.oldRecord,
    columns: described.columns,
    keyNames: described.keyNames,
    hasPolicies: described.hasPolicies === true,
  }
}

/** The new row; a long value that did not change and was not sent is taken from the old one. */
export function mergedRow(change: Exclude<RowChange, { kind: 'delete' }>): RowValues {
  if (change.kind === 'insert' || change.oldRow === null) return change.row
  return new Map([...change.oldRow, ...change.row])
}

/** Asks the row's policies for each of the claims of one role. A deleted row has no policies left to ask. */
export async function checkVisibility(
  sql: Sql,
  change: RowChange,
  described: DescribedChange,
  role: string,
  claims: readonly string[],
): Promise<ChangeVisibility> {
  const row = change.kind === 'delete' ? change.oldRow : mergedRow(change)
  const checksRow = change.kind !== 'delete' && described.hasPolicies
  const [answer] = await sql<{ selectableNames: string[]; visible: boolean[] }[]>`
    select to_json(selectable_names) as "selectableNames", to_json(visible) as visible
    from realtime.check_change_access(
      ${change.relation.oid}::oid::regclass, ${role}, ${[...claims]}::text[],
      ${[...described.keyNames]}::text[], ${described.keyNames.map((name) => row.get(name) ?? null)}::text[],
      ${checksRow})`
  return {
    selectableNames: new Set(answer?.selectableNames ?? []),
    visible: answer?.visible ?? claims.map(() => false),
  }
}
