import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { projectFolder, runSupabase } from './supabaseCli.ts'

/** The types of the database's exposed schema, as committed. */
export const generatedTypesPath = join(projectFolder, 'src', 'shared', 'database', 'database.generated.ts')

/** The types that a database's schema has now, in the project's format. Throws if the CLI cannot read it. */
export async function generateTypes(databaseUrl: string): Promise<string> {
  const outcome = await runSupabase(
    'gen',
    'types',
    'typescript',
    `--remote=${databaseUrl}`,
    '--schema',
    'public',
  )
  if (outcome.exitCode !== 0) throw new Error(`supabase gen types failed: ${outcome.stderr}`)
  const header = '// Written by `npm run db:types` from the migrations; not to be changed by hand.\n'
  const config = await resolveConfig(generatedTypesPath)
  return await format(header + outcome.stdout.trimStart(), { ...config, parser: 'typescript' })
}
