import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** One file of `supabase/migrations`. */
export type Migration = { readonly version: string; readonly name: string; readonly sql: string }

/** Splits a file's name as the Supabase CLI does; `null` for a file that is no migration. */
export function parseMigrationName(fileName: string): { version: string; name: string } | null {
  const match = /^(\d+)_(.*)\.sql$/.exec(fileName)
  return match?.[1] === undefined || match[2] === undefined ? null : { version: match[1], name: match[2] }
}

/** Reads migrations from a folder or single files, in the order of their versions. */
export async function readMigrations(
  folder: string,
  furtherFiles: readonly string[] = [],
): Promise<readonly Migration[]> {
  const names = await readdir(folder).catch(() => [])
  const paths = [...names.map((name) => join(folder, name)), ...furtherFiles]
  const migrations = await Promise.all(
    paths.map(async (path) => {
      const parsed = parseMigrationName(basename(path))
      if (parsed === null) return null
      return { version: parsed.version, name: parsed.name, sql: await readFile(path, 'utf8') }
    }),
  )
  return migrations
    .filter((migration) => migration !== null)
    .sort((left, right) => (left.version < right.version ? -1 : left.version > right.version ? 1 : 0))
}
