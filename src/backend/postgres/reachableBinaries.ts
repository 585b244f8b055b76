import { randomUUID } from 'node:crypto'
import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { exists } from '../folder/dataFolder.ts'
import type { PostgresBinaries } from './binaries.ts'
import { findBarrier, systemFolder, type ServerAccount } from './serverAccount.ts'

/** The folder `native` of the package: programs, libraries and what they read. */
const nativeFolder = (binaries: PostgresBinaries): string => dirname(dirname(binaries.postgres))

function movedTo(binaries: PostgresBinaries, folder: string): PostgresBinaries {
  const move = (path: string): string => join(folder, 'bin', basename(path))
  return {
    ...binaries,
    postgres: move(binaries.postgres),
    initdb: move(binaries.initdb),
    pgCtl: move(binaries.pgCtl),
  }
}

/**
 * Programs that the account can execute: those of the package, or, where the account cannot get there (a project below
 * /root), a copy of them in `/var/lib/studyhall`, made once for each version.
 */
export async function makeBinariesReachable(
  binaries: PostgresBinaries,
  account: ServerAccount | null,
): Promise<PostgresBinaries> {
  if (account === null || (await findBarrier(binaries.postgres, account, null)) === null) return binaries
  const copy = join(systemFolder, `postgresql-${binaries.version}`)
  if (!(await exists(copy))) {
    const unfinished = join(systemFolder, `.copy-${randomUUID()}`)
    await mkdir(systemFolder, { recursive: true, mode: 0o755 })
    try {
      await cp(nativeFolder(binaries), unfinished, { recursive: true, verbatimSymlinks: true })
      await rename(unfinished, copy)
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true })
      // Another backend may have been first.
      if (!(await exists(copy))) throw error
    }
  }
  return movedTo(binaries, copy)
}
