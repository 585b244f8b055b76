import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { cp, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { silentLog, type Log } from '../../src/backend/log/log.ts'
import { startBackend, type BackendConnection } from '../../src/backend/startBackend.ts'

const run = promisify(execFile)

/** What a test's backend differs in. */
export type TestBackendOptions = {
  /** Paths of migration files (`<version>_<name>.sql`), applied among the app's own by version. */
  readonly extraMigrations?: readonly string[]
  /** Seconds; default 3600. */
  readonly accessTokenLifetimeS?: number
  /** What the functions read their settings from. Default: nothing. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** `auto` uses LiveKit as the app does. Default: `off`, whatever is installed on this machine. */
  readonly livekit?: 'auto' | 'off'
  /** Default: says nothing. */
  readonly log?: Log
}

/** A backend on a temporary folder of its own. */
export type TestBackend = BackendConnection & {
  readonly dataDir: string
  /** Stops it and removes its folder. */
  readonly stop: () => Promise<void>
}

const projectFolder = join(import.meta.dirname, '..', '..')

async function textsBelow(folder: string, extension: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const wanted = names.filter((name) => name.endsWith(extension)).sort()
  return await Promise.all(wanted.map((name) => readFile(join(folder, name), 'utf8')))
}

/** Changes whenever a fresh data folder would come out differently. */
async function fingerprint(): Promise<string> {
  const texts = await Promise.all([
    textsBelow(join(projectFolder, 'supabase', 'migrations'), '.sql'),
    textsBelow(join(projectFolder, 'src', 'backend'), 'Sql.ts'),
    textsBelow(join(projectFolder, 'src', 'backend'), '.sql'),
    textsBelow(join(projectFolder, 'src', 'backend', 'postgres'), '.ts'),
    textsBelow(join(projectFolder, 'src', 'backend', 'secrets'), '.ts'),
    readFile(join(projectFolder, 'package.json'), 'utf8'),
  ])
  return createHash('sha256').update(texts.flat().join('\0')).digest('hex').slice(0, 16)
}

async function copyFolder(from: string, to: string): Promise<void> {
  // Node's own copy gives everything to us, and the database belongs to another user when we are root.
  if (process.platform === 'win32') await cp(from, to, { recursive: true })
  else await run('cp', ['-a', `${from}/.`, to])
}

const templatePrefix = `studyhall-template-${process.getuid?.() ?? 'user'}-`
const dayMs = 86_400_000

/** Templates of states of the sources that nobody tests any more. */
async function removeOldTemplates(): Promise<void> {
  const names = await readdir(tmpdir())
  for (const name of names.filter((candidate) => candidate.startsWith(templatePrefix))) {
    const path = join(tmpdir(), name)
    const found = await stat(path).catch(() => null)
    if (found !== null && Date.now() - found.mtimeMs > dayMs) await rm(path, { recursive: true, force: true })
  }
}

async function buildTemplate(path: string): Promise<void> {
  await removeOldTemplates()
  const building = await mkdtemp(join(tmpdir(), 'studyhall-template-building-'))
  const backend = await startBackend({ dataDir: building, log: silentLog })
  if (!backend.ok) {
    await rm(building, { recursive: true, force: true })
    throw new Error(backend.error.message)
  }
  await backend.value.stop()
  // Ports are remembered there, and would be the same for all copies.
  await rm(join(building, 'backend.json'), { force: true })
  await rm(join(building, 'postgres.log'), { force: true })
  try {
    await rename(building, path)
  } catch (error) {
    await rm(building, { recursive: true, force: true })
    // Another test process may have been first.
    if (!existsSync(path)) throw error
  }
}

/** The path of a data folder after its first start, made once for each state of the sources. */
async function findTemplate(): Promise<string> {
  const path = join(tmpdir(), `${templatePrefix}${await fingerprint()}`)
  if (!existsSync(path)) await buildTemplate(path)
  return path
}

/** An empty temporary folder. */
export async function createTemporaryFolder(): Promise<string> {
  return await mkdtemp(join(tmpdir(), `studyhall-test-${randomUUID().slice(0, 4)}-`))
}

/** A temporary data folder as it is after a first start: keys made, database created, migrations applied. */
export async function createPreparedFolder(): Promise<string> {
  const folder = await createTemporaryFolder()
  await copyFolder(await findTemplate(), folder)
  return folder
}

/** Starts the real embedded backend, migrations applied, in this process and on free ports. */
export async function startTestBackend(options: TestBackendOptions = {}): Promise<TestBackend> {
  const dataDir = await createPreparedFolder()
  const remove = (): Promise<void> => rm(dataDir, { recursive: true, force: true })
  const backend = await startBackend({
    dataDir,
    log: options.log ?? silentLog,
    environment: options.environment ?? {},
    livekit: options.livekit ?? 'off',
    extraMigrations: options.extraMigrations,
    accessTokenLifetimeS: options.accessTokenLifetimeS,
  })
  if (!backend.ok) {
    await remove()
    throw new Error(backend.error.message)
  }
  return {
    ...backend.value.connection(),
    dataDir,
    stop: async () => {
      await backend.value.stop()
      await remove()
    },
  }
}
