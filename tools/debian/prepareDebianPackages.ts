import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { projectFolder, run } from '../database/supabaseCli.ts'

/** Programs or files that some tests need, as Debian packages them. */
export interface WantedPackages {
  /** Of the folder in the project's cache. */
  readonly name: string
  readonly packages: readonly string[]
  /** What is to be there in the end, from the root of the file system. */
  readonly file: string
}

/**
 * The root below which `file` is: `/` where it is installed, else a folder in the project's cache; null where it is not
 * there and cannot be got. On Debian the packages are downloaded and unpacked, after saying so; nothing is installed.
 */
export async function prepareDebianPackages(
  wanted: WantedPackages,
  say: (line: string) => void,
): Promise<string | null> {
  const cache = join(projectFolder, 'node_modules', '.cache', wanted.name)
  const find = (): string | null => ['/', cache].find((root) => existsSync(join(root, wanted.file))) ?? null
  const found = find()
  if (found !== null) return found
  if (!existsSync('/usr/bin/apt-get')) {
    say(`${wanted.name} is not installed, and this is no Debian to get it from`)
    return null
  }
  say(`${wanted.name} is not installed: downloading Debian's ${wanted.packages.join(', ')} into ${cache}`)
  await unpack(wanted.packages, cache, say)
  return find()
}

async function unpack(
  packages: readonly string[],
  cache: string,
  say: (line: string) => void,
): Promise<void> {
  const download = await mkdtemp(join(tmpdir(), 'studyhall-apt-'))
  try {
    const script = 'cd "$1" && shift && apt-get download "$@" 2>&1'
    let outcome = await run('sh', ['-c', script, 'sh', download, ...packages])
    if (outcome.exitCode !== 0 && process.getuid?.() === 0) {
      await run('apt-get', ['update', '-qq'])
      outcome = await run('sh', ['-c', script, 'sh', download, ...packages])
    }
    const files = (await readdir(download)).filter((name) => name.endsWith('.deb'))
    if (outcome.exitCode !== 0 || files.length < packages.length) {
      say(`the download failed: ${outcome.stdout.trim()}`)
      return
    }
    const unpacked = join(download, 'unpacked')
    for (const file of files) await run('dpkg', ['-x', join(download, file), unpacked])
    await mkdir(join(cache, '..'), { recursive: true })
    await rm(cache, { recursive: true, force: true })
    await rename(unpacked, cache).catch(async () => {
      await cp(unpacked, cache, { recursive: true, verbatimSymlinks: true })
    })
  } finally {
    await rm(download, { recursive: true, force: true })
  }
}

/** Where the unpacked programs find their libraries, for `LD_LIBRARY_PATH`; nothing for what is installed. */
export async function libraryPath(root: string): Promise<string> {
  if (root === '/') return ''
  const folder = join(root, 'usr', 'lib')
  const names = await readdir(folder).catch((): string[] => [])
  return names
    .filter((name) => name.includes('-linux-'))
    .map((name) => join(folder, name))
    .join(':')
}
