// `npm run package [-- --dir] [-- --arch arm64]`: installers of this system in dist/ (README, "Packaging").
import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Arch, build, Platform } from 'electron-builder'
import { ensureBuild } from '../setup/ensureBuild.mjs'
import { createBuilderConfig } from './createBuilderConfig.ts'
import { systemOf, targetsOf, type PackageSystem } from './packageTarget.ts'
import { readNotarisation, readPublication } from './publication.ts'
import { findOversized } from './sizeBudget.ts'
import { stageResources } from './stageResources.ts'

const projectFolder = fileURLToPath(new URL('../..', import.meta.url))

const platforms: Readonly<Record<PackageSystem, Platform>> = {
  linux: Platform.LINUX,
  win: Platform.WINDOWS,
  mac: Platform.MAC,
}

const usage = `Usage: npm run package [-- switches]

Builds installers of this system into dist/.

  --dir              the app's folder alone, without installers
  --arch NAME        x64 or arm64, on Linux; this machine's by default
  --without-livekit  goes on where out/livekit has no server: rooms hold four people then
  --electron DIR     an unpacked Electron, instead of the one that is downloaded
  --output DIR       instead of dist/`

interface Switches {
  readonly dir?: boolean
  readonly arch?: string
  readonly 'without-livekit'?: boolean
  readonly electron?: string
  readonly output?: string
  readonly help?: boolean
}

async function packageApp(switches: Switches): Promise<readonly string[]> {
  const system = systemOf(process.platform)
  const arch = switches.arch ?? process.arch
  if (arch !== 'x64' && arch !== 'arm64') return [`There is no app for ${arch}; x64 and arm64 are known.`]
  const publication = readPublication(process.env)
  const notarisation = readNotarisation(process.env)
  if (!publication.ok) return [publication.error]
  if (!notarisation.ok) return [notarisation.error]

  await ensureBuild(process.execPath, (line) => console.log(line))
  const staged = await stageResources(projectFolder, system, targetsOf(system, arch))
  if (staged.problems.length > 0)
    return staged.problems.map(({ name, problem }) => `${name} cannot be shipped: ${problem}.`)
  if (staged.withoutLivekit.length > 0) {
    const missing = staged.withoutLivekit.join(', ')
    if (switches['without-livekit'] !== true)
      return [
        `There is no LiveKit for ${missing} in out/livekit. Run npm run livekit:releases, or add --without-livekit.`,
      ]
    console.log(`Without LiveKit for ${missing}: rooms hold four people.`)
  }

  const outputFolder = switches.output ?? join(projectFolder, 'dist')
  const archOf = system === 'mac' ? Arch.universal : arch === 'arm64' ? Arch.arm64 : Arch.x64
  const artifacts = await build({
    projectDir: projectFolder,
    targets: platforms[system].createTarget(switches.dir === true ? 'dir' : null, archOf),
    publish: 'never',
    config: createBuilderConfig({
      projectFolder,
      outputFolder,
      publication: publication.value,
      isNotarised: notarisation.value,
      hasLivekit: staged.withoutLivekit.length === 0,
      maintainer: process.env['STUDYHALL_MAINTAINER'] ?? 'Studyhall <maintainer@studyhall.example>',
      homepage: process.env['STUDYHALL_HOMEPAGE'] ?? 'https://studyhall.example',
      electronDist: switches.electron ?? null,
    }),
  })
  const sizes = await Promise.all(
    artifacts.map(async (file) => ({ name: basename(file), bytes: (await stat(file)).size })),
  )
  for (const { name, bytes } of sizes) console.log(`${name}: ${(bytes / 1_000_000).toFixed(1)} MB`)
  return findOversized(sizes, system)
}

const { values } = parseArgs({
  options: {
    dir: { type: 'boolean' },
    arch: { type: 'string' },
    'without-livekit': { type: 'boolean' },
    electron: { type: 'string' },
    output: { type: 'string' },
    help: { type: 'boolean' },
  },
})
if (values.help === true) console.log(usage)
else {
  const problems = await packageApp(values)
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length === 0 ? 0 : 1
}
