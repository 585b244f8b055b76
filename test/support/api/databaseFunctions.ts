import type { Sql } from 'postgres'

/** A function that people who are signed in may call over the Data API. */
export interface DatabaseFunction {
  readonly name: string
  readonly parameters: readonly DatabaseParameter[]
}

interface DatabaseParameter {
  readonly name: string
  /** As `format_type` writes it. */
  readonly type: string
  /** The labels of an enum; empty for every other type. */
  readonly labels: readonly string[]
  readonly isOptional: boolean
}

/** All of them by the catalog, whoever has added them, in the order of their names. */
export async function readDatabaseFunctions(sql: Sql): Promise<readonly DatabaseFunction[]> {
  return await sql<DatabaseFunction[]>`
    select p.proname as name,
      coalesce(jsonb_agg(jsonb_build_object(
        'name', a.name, 'type', format_type(a.type, null), 'isOptional', a.place > p.pronargs - p.pronargdefaults,
        'labels', coalesce((select jsonb_agg(e.enumlabel order by e.enumsortorder)
          from pg_enum e where e.enumtypid = a.type), '[]')) order by a.place)
        filter (where a.name is not null), '[]') as parameters
    from pg_proc p
    left join lateral unnest(p.proargnames, p.proargtypes::oid[]) with ordinality as a (name, type, place)
      on a.place <= p.pronargs
    where p.pronamespace = 'public'::regnamespace and has_function_privilege('authenticated', p.oid, 'execute')
    group by p.oid order by p.proname`
}
