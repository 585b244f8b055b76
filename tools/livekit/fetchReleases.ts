// `npm run livekit:releases`: LiveKit's servers for packaging, of the version that go.mod pins (docs/livekit.md).
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { findBuiltLivekit } from '../../src/backend/livekit/findLivekitBinary.ts'
import { compileLivekit, hasGo } from './compileLivekit.ts'
import { describeReleaseError, pinReleases, prepareRelease, type ReleasePlaces } from './prepareReleases.ts'
import { isReleaseTarget, releaseSources, releaseTargets, type ReleaseTarget } from './releaseTargets.ts'

const projectRoot = fileURLToPath(new URL('../..', import.meta.url))
const livekitReleases = 'https://github.com/livekit/livekit/releases/download'

/** LiveKit reads the processor's load by way of C on macOS, and so needs Apple's compiler, which makes both architectures. */
async function buildForMac(goarch: 'amd64' | 'arm64', output: string): Promise<string | null> {
  if (process.platform !== 'darwin')
    return 'LiveKit publishes no server for macOS, and one can be built only on a Mac.'
  if (!(await hasGo()))
    return 'The server for macOS was not built: there is no Go compiler here (https://go.dev/dl).'
  console.log(`Building LiveKit for macOS, ${goarch}. The first time this takes minutes.`)
  const isBuilt = await compileLivekit(output, { GOOS: 'darwin', GOARCH: goarch, CGO_ENABLED: '1' })
  return isBuilt
    ? null
    : 'The server for macOS was not built: see above. It needs Go and the Xcode command line tools.'
}

async function readPlaces(): Promise<ReleasePlaces | null> {
  const built = await findBuiltLivekit(projectRoot)
  if (built === null) return null
  const folder = dirname(built.program)
  return {
    version: built.version,
    releasesUrl: process.env['STUDYHALL_LIVEKIT_RELEASES'] ?? livekitReleases,
    sumsFile: join(import.meta.dirname, 'releases.sha256'),
    archiveFolder: join(folder, '..', 'archives'),
    outputFolder: join(projectRoot, 'out', 'livekit'),
    builtProgram: (target) => join(folder, target, releaseSources[target].program),
    build: buildForMac,
  }
}

/** Without a name: all that this machine can have. Servers for macOS are built, on a Mac alone. */
function chooseTargets(names: readonly string[]): readonly ReleaseTarget[] | null {
  if (names.length === 0)
    return releaseTargets.filter(
      (target) => releaseSources[target].kind === 'archive' || process.platform === 'darwin',
    )
  const targets = names.filter(isReleaseTarget)
  return targets.length === names.length ? targets : null
}

async function pin(places: ReleasePlaces): Promise<boolean> {
  const pinned = await pinReleases(places)
  if (pinned.ok)
    console.log(`Pinned ${pinned.value.size} sums of LiveKit ${places.version} in ${places.sumsFile}.`)
  else console.error(describeReleaseError(pinned.error))
  return pinned.ok
}

async function fetchAll(targets: readonly ReleaseTarget[], places: ReleasePlaces): Promise<boolean> {
  let isComplete = true
  for (const target of targets) {
    const prepared = await prepareRelease(target, places)
    if (prepared.ok) console.log(`LiveKit ${places.version} for ${target}: ${prepared.value}`)
    else console.error(`${target}: ${describeReleaseError(prepared.error)}`)
    isComplete &&= prepared.ok
  }
  return isComplete
}

const usage = `Usage: npm run livekit:releases [-- --pin | <system>…]
  --pin     takes the sums of the released archives from LiveKit, instead of fetching the archives
  <system>  ${releaseTargets.join(', ')}; without any, all that this machine can have`

async function main(args: readonly string[]): Promise<boolean> {
  const places = await readPlaces()
  if (places === null) {
    console.error('tools/livekit/go.mod names no version of LiveKit.')
    return false
  }
  if (args.length === 1 && args[0] === '--pin') return await pin(places)
  const targets = chooseTargets(args)
  if (targets !== null) return await fetchAll(targets, places)
  console.error(usage)
  return false
}

process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1
