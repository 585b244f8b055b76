import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { z } from 'zod'
import { findBuiltLivekit } from '../../src/backend/livekit/findLivekitBinary.ts'
import { collectLicences, type LicenceProblem } from './licences/collectLicences.ts'
import { formatLicences } from './licences/formatLicences.ts'
import { textsOfPrograms } from './licences/shippedPrograms.ts'
import { packageTargets, systemOf, type PackageSystem, type PackageTarget } from './packageTarget.ts'
import { stagePostgres } from './stagePostgres.ts'

const bundledSchema = z.array(z.object({ name: z.string(), version: z.string(), folder: z.string() }))

/** What is shipped as npm installed it, beside the bundles (`createBuilderConfig.ts`). */
const unbundled = ['uiohook-napi', 'node-gyp-build'] as const

/** What has been staged beside the archive, and what has not. */
export interface StagedResources {
  readonly problems: readonly LicenceProblem[]
  /** The targets for which there is no LiveKit: rooms hold four people there. */
  readonly withoutLivekit: readonly PackageTarget[]
}

/** Puts PostgreSQL and the licences of what is shipped into `out/`, and looks whether LiveKit is there. */
export async function stageResources(
  projectFolder: string,
  system: PackageSystem,
  targets: readonly PackageTarget[],
): Promise<StagedResources> {
  const outputFolder = join(projectFolder, 'out', 'postgres')
  for (const target of targets) await stagePostgres(target, { projectFolder, outputFolder })
  const problems = await writeLicences(projectFolder, system)
  const withoutLivekit: PackageTarget[] = []
  for (const target of targets) {
    if (!(await stageLivekit(projectFolder, target))) withoutLivekit.push(target)
  }
  return { problems, withoutLivekit }
}

/** Whether there is a LiveKit: the released one, or for this machine's own system the one that was built here. */
async function stageLivekit(projectFolder: string, target: PackageTarget): Promise<boolean> {
  const folder = join(projectFolder, 'out', 'livekit', target)
  const program = join(folder, packageTargets[target].livekitProgram)
  if (existsSync(program)) return true
  const isOwn = target === `${systemOf(process.platform)}-${process.arch}`
  const built = isOwn ? await findBuiltLivekit(projectFolder) : null
  if (built === null || !existsSync(built.program)) return false
  await mkdir(folder, { recursive: true })
  await copyFile(built.program, program)
  return true
}

async function writeLicences(
  projectFolder: string,
  system: PackageSystem,
): Promise<readonly LicenceProblem[]> {
  const lists = join(projectFolder, 'out', 'licences')
  const texts = join(projectFolder, 'packaging', 'licences')
  const file = join(lists, `THIRD-PARTY-LICENSES.${system}.txt`)
  await rm(file, { force: true })
  const bundled = await Promise.all(
    ['main', 'preload', 'renderer', 'workers'].map(async (part) =>
      bundledSchema.parse(JSON.parse(await readFile(join(lists, `${part}.json`), 'utf8'))),
    ),
  )
  const beside = await Promise.all(
    unbundled.map(async (name) => {
      const folder = join(projectFolder, 'node_modules', name)
      const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
      return bundledSchema.element.parse({ ...Object(manifest), folder })
    }),
  )
  const { licences, problems } = collectLicences([...bundled.flat(), ...beside], texts)
  const named = new Map<string, string>()
  for (const name of textsOfPrograms(system))
    named.set(name, await readFile(join(texts, `${name}.txt`), 'utf8'))
  await writeFile(file, formatLicences(licences, system, named))
  return problems
}
