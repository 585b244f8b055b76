import { delimiter } from 'node:path'

/** What the way PostgreSQL is run depends on. */
export type ServerSettings = {
  readonly port: number
  /** Further folders with an `extension` folder in them, for tests that need an extension of the system's. */
  readonly extensionControlPath: string | null
}

/**
 * Settings for one small database on somebody's laptop: a small footprint and a quick start. They are given on the
 * command line, so that they hold from the next start on and never need a file to be edited. Durability stays as
 * PostgreSQL has it (`fsync`, `synchronous_commit` and `full_page_writes` on).
 */
export function postgresArguments(clusterFolder: string, settings: ServerSettings): readonly string[] {
  const values: Record<string, string> = {
    // SECURITY: reachable from this machine only, and by no socket file.
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(settings.port),
    max_connections: '80',
    shared_buffers: '48MB',
    // Reading in the server's own process: the default starts three more.
    io_method: 'sync',
    jit: 'off',
    wal_level: 'logical',
    max_wal_senders: '4',
    max_replication_slots: '4',
    // An abandoned slot must not fill the disk.
    max_slot_wal_keep_size: '256MB',
    min_wal_size: '32MB',
    max_wal_size: '256MB',
    max_worker_processes: '2',
    max_parallel_workers: '0',
    max_parallel_workers_per_gather: '0',
    max_logical_replication_workers: '0',
    autovacuum_worker_slots: '2',
    autovacuum_max_workers: '2',
    huge_pages: 'off',
    // SECURITY: no statement and no value of a parameter gets into the log.
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_error_verbosity: 'terse',
    log_line_prefix: '%m [%p] ',
    log_timezone: 'UTC',
    timezone: 'UTC',
    lc_messages: 'C',
  }
  if (settings.extensionControlPath !== null)
    values['extension_control_path'] = ['$system', settings.extensionControlPath].join(delimiter)
  return [
    '-D',
    clusterFolder,
    ...Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

/**
 * Whether a running server was started as we would start it, its port apart.
 * @param options the text of its `postmaster.opts`
 */
export function isSameCommandLine(
  options: string,
  program: string,
  clusterFolder: string,
  settings: ServerSettings,
): boolean {
  const [running, ...given] = [...options.matchAll(/"([^"]*)"|(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  )
  const withoutPort = (list: readonly string[]): string =>
    list.filter((argument) => !argument.startsWith('port=')).join('\n')
  return running === program && withoutPort(given) === withoutPort(postgresArguments(clusterFolder, settings))
}
