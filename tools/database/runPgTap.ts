import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { countTap } from './countTap.ts'

/** What one file of tests came to. `report` holds its failed lines and their diagnostics. */
export interface PgTapOutcome {
  readonly file: string
  readonly passed: number
  readonly failed: number
  readonly report: readonly string[]
}

/** How the connections of the tests call themselves. */
export const PGTAP_APPLICATION_NAME = 'studyhall-pgtap'

/**
 * Runs every `*.test.sql` of a folder against a database that has pgTAP, each on a connection of its own. The files are
 * those of `supabase test db`, which needs Docker for its pg_prove; this needs nothing but the database.
 *
 * @param isIncluded by the name of a file; all by default
 */
export async function runPgTap(
  databaseUrl: string,
  folder: string,
  isIncluded: (file: string) => boolean = () => true,
): Promise<readonly PgTapOutcome[]> {
  const files = (await readdir(folder))
    .filter((name) => name.endsWith('.test.sql') && isIncluded(name))
    .sort()
  const outcomes: PgTapOutcome[] = []
  for (const file of files) outcomes.push(await runFile(databaseUrl, folder, file))
  return outcomes
}

async function runFile(databaseUrl: string, folder: string, file: string): Promise<PgTapOutcome> {
  const lines: string[] = []
  const text = await readFile(join(folder, file), 'utf8')
  const sql = postgres(databaseUrl, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: PGTAP_APPLICATION_NAME },
  })
  try {
    for (const statement of splitAtSemicolons(text)) {
      const rows = await sql.unsafe(statement).values()
      for (const [value] of rows) if (typeof value === 'string') lines.push(...value.split('\n'))
    }
  } catch (error) {
    lines.push(`Bail out! ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    await sql.end({ timeout: 1 })
  }
  return { file, ...countTap(lines) }
}

/** The statements of a file: cut at semicolons that end a line, outside of dollar quotes. */
export function splitAtSemicolons(text: string): readonly string[] {
  const statements: string[] = []
  let current = ''
  for (const line of text.split(/\r?\n/)) {
    if (current === '' && (line.trim() === '' || line.trim().startsWith('--'))) continue
    current += `${line}\n`
    const isQuoted = (current.match(/\$(?:[a-z]\w*)?\$/gi) ?? []).length % 2 === 1
    if (!isQuoted && line.trimEnd().endsWith(';')) {
      statements.push(current)
      current = ''
    }
  }
  if (current.trim() !== '') statements.push(current)
  return statements
}
