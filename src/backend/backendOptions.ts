import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { BackendFailure, BackendRole } from '../shared/backend/messages.ts'
import { createStderrLog, type Log } from './log/log.ts'

/** How a client, a test or an operator reaches the backend. SECURITY: holds secrets; only the CLI prints it. */
export type BackendConnection = {
  readonly url: string
  readonly publishableKey: string
  readonly secretKey: string
  /** Of the schema's owner, who is no superuser. */
  readonly databaseUrl: string
  readonly livekitUrl: string | null
}

/** What a backend is started with; only the folder is needed. */
export type BackendOptions = {
  readonly dataDir: string
  /** Listen here or fail. Left out: the port of the last run if it is free, otherwise any free one. */
  readonly port?: number | undefined
  readonly log?: Log | undefined
  /** The folder that holds `migrations`. Default: `supabase` of the project. */
  readonly supabaseDir?: string | undefined
  /** Further migration files, for tests. */
  readonly extraMigrations?: readonly string[] | undefined
  /** A folder that holds PostgreSQL's `extension` folder of the system, for tests that need pgTAP. */
  readonly extensionControlPath?: string | undefined
  /** Seconds that an access token is valid. Default: 3600, as on Supabase. */
  readonly accessTokenLifetimeS?: number | undefined
  /** What the functions read their settings from. Default: the process's environment. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined
  /**
   * Whether to use LiveKit, for rooms of more than four: `auto` uses the one that the environment names, or else starts
   * the one that is on this machine, if any. Default: `off`, so that a test does not depend on what is installed.
   */
  readonly livekit?: 'auto' | 'off' | undefined
  /** The name of each step of the start. */
  readonly onStep?: ((step: string) => void) | undefined
  /** A guest has become the owner: the connection is the same unless its port was taken meanwhile. */
  readonly onTakeOver?: ((connection: BackendConnection) => void) | undefined
  /** It worked and does not any more. */
  readonly onLost?: ((failure: BackendFailure) => void) | undefined
}

/** A backend that answers. */
export type RunningBackend = {
  readonly role: () => BackendRole
  readonly connection: () => BackendConnection
  readonly startUpMs: number
  /**
   * Lets the media server that we run, if any, send and receive at these addresses of this machine besides itself; none: no
   * longer. Only the owner's does.
   */
  readonly openMedia: (addresses: readonly string[]) => void
  /** Leaves no process behind, unless as a guest: then the owner's goes on. Can be called twice. */
  readonly stop: () => Promise<void>
}

/** The options with every default filled in. */
export type ResolvedOptions = {
  readonly port: number | null
  readonly log: Log
  readonly migrationsDir: string
  readonly extraMigrations: readonly string[]
  readonly realtimeSchemaFile: string
  readonly extensionControlPath: string | null
  readonly accessTokenLifetimeS: number
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly livekit: 'auto' | 'off'
  /** Where the source is, for what is built from it. */
  readonly projectFolder: string
  readonly onLost: (failure: BackendFailure) => void
}

/** The source runs from `src/backend`, the built app from `out/main`: both are two levels below the project. */
const projectFolder = join(import.meta.dirname, '..', '..')

function firstThatExists(paths: readonly [string, ...string[]]): string {
  return paths.find((path) => existsSync(path)) ?? paths[0]
}

/** Fills in defaults. */
export function resolveOptions(options: BackendOptions): ResolvedOptions {
  return {
    port: options.port ?? null,
    log: options.log ?? createStderrLog(),
    migrationsDir: join(options.supabaseDir ?? join(projectFolder, 'supabase'), 'migrations'),
    extraMigrations: options.extraMigrations ?? [],
    realtimeSchemaFile: firstThatExists([
      join(import.meta.dirname, 'realtime', 'realtimeSchema.sql'),
      join(import.meta.dirname, 'realtimeSchema.sql'),
      join(projectFolder, 'src', 'backend', 'realtime', 'realtimeSchema.sql'),
    ]),
    extensionControlPath: options.extensionControlPath ?? null,
    accessTokenLifetimeS: options.accessTokenLifetimeS ?? 3600,
    environment: options.environment ?? process.env,
    livekit: options.livekit ?? 'off',
    projectFolder,
    onLost: options.onLost ?? (() => {}),
  }
}
