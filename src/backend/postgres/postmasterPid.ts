import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a running PostgreSQL writes to `postmaster.pid` (source: PostgreSQL's `miscadmin.h`, "lock file" lines). */
export type PostmasterPid = {
  readonly pid: number
  readonly port: number
  readonly status: 'starting' | 'stopping' | 'ready' | 'standby' | 'unknown'
}

/** Understands the text of a `postmaster.pid`; `null` while it is incomplete. */
export function parsePostmasterPid(text: string): PostmasterPid | null {
  const lines = text.split('\n')
  const pid = Math.abs(Number(lines[0]))
  const port = Number(lines[3])
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port)) return null
  const status = lines[7]?.trim() ?? ''
  switch (status) {
    case 'starting':
    case 'stopping':
    case 'ready':
    case 'standby':
      return { pid, port, status }
    default:
      return { pid, port, status: 'unknown' }
  }
}

/** Reads the `postmaster.pid` of a data directory; `null` when there is none. */
export async function readPostmasterPid(clusterFolder: string): Promise<PostmasterPid | null> {
  try {
    return parsePostmasterPid(await readFile(join(clusterFolder, 'postmaster.pid'), 'utf8'))
  } catch {
    return null
  }
}
