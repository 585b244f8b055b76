import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { projectFolder, run } from './supabaseCli.ts'

/** pgTAP is SQL alone, so that the one for PostgreSQL 15 serves every later version. */
const PACKAGE = 'postgresql-15-pgtap'
const SHARE_FOLDER = join('usr', 'share', 'postgresql', '15')
const CONTROL_FILE = join('extension', 'pgtap.control')

/**
 * A folder for PostgreSQL's `extension_control_path` that holds pgTAP, readable by any user; null where it is not
 * installed and cannot be got. On Debian the package is downloaded and unpacked into the project's cache, after saying
 * so; nothing is installed. The caller removes the folder.
 */
export async function preparePgTap(say: (line: string) => void): Promise<string | null> {
  const cache = join(projectFolder, 'node_modules', '.cache', 'pgtap')
  const places = [join('/', SHARE_FOLDER), join(cache, SHARE_FOLDER)]
  let found = places.find((place) => existsSync(join(place, CONTROL_FILE)))
  if (found === undefined && existsSync('/usr/bin/apt-get')) {
    say(`pgTAP is not installed: downloading Debian's package ${PACKAGE} into ${cache}`)
    await unpackDebianPackage(cache, say)
    found = places.find((place) => existsSync(join(place, CONTROL_FILE)))
  }
  if (found === undefined) return null
  // PostgreSQL may run under another user, who need not be able to read the project's folder.
  const copy = await mkdtemp(join(tmpdir(), 'studyhall-pgtap-'))
  await chmod(copy, 0o755)
  await cp(join(found, 'extension'), join(copy, 'extension'), {
    recursive: true,
    filter: (source) => !/\.(?:control|sql)$/.test(source) || /pgtap[^/\\]*$/.test(source),
  })
  return copy
}

async function unpackDebianPackage(cache: string, say: (line: string) => void): Promise<void> {
  const download = await mkdtemp(join(tmpdir(), 'studyhall-apt-'))
  try {
    const script = `cd "$1" && apt-get download ${PACKAGE} 2>&1`
    let outcome = await run('sh', ['-c', script, 'sh', download])
    if (outcome.exitCode !== 0 && process.getuid?.() === 0) {
      await run('apt-get', ['update', '-qq'])
      outcome = await run('sh', ['-c', script, 'sh', download])
    }
    const file = (await readdir(download)).find((name) => name.endsWith('.deb'))
    if (outcome.exitCode !== 0 || file === undefined) {
      say(`the download failed: ${outcome.stdout.trim()}`)
      return
    }
    const unpacked = join(download, 'unpacked')
    await run('dpkg', ['-x', join(download, file), unpacked])
    await mkdir(join(cache, '..'), { recursive: true })
    await rm(cache, { recursive: true, force: true })
    await rename(unpacked, cache).catch(async () => {
      await cp(unpacked, cache, { recursive: true })
    })
  } finally {
    await rm(download, { recursive: true, force: true })
  }
}
