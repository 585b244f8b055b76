import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { err, ok, type Result } from '../../src/shared/result.ts'
import { download, downloadVerified, writeWhole, type DownloadError } from './downloadVerified.ts'
import { formatSums, parseSums, planPins, type PinError, type Sums } from './releaseSums.ts'
import { archiveName, archiveNames, releaseSources, type ReleaseTarget } from './releaseTargets.ts'
import { unpackProgram, type UnpackError } from './unpackProgram.ts'

/** What it takes to have LiveKit's servers for packaging. */
export type ReleasePlaces = {
  /** Without its `v`. */
  readonly version: string
  /** Under which LiveKit's releases are: `<releasesUrl>/v<version>/<file>`. */
  readonly releasesUrl: string
  readonly sumsFile: string
  /** Where archives are kept by their sum. */
  readonly archiveFolder: string
  /** Where the programs come to be: `<outputFolder>/<target>/<program>`. */
  readonly outputFolder: string
  /** The cached server that was built for a target, built there by `build`. */
  readonly builtProgram: (target: ReleaseTarget) => string
  /** Builds the server for macOS, or says in a sentence why it cannot; null when it is built. */
  readonly build: (goarch: 'amd64' | 'arm64', output: string) => Promise<string | null>
}

/** Why there is no server for a target, or no pin. */
export type ReleaseError =
  | DownloadError
  | PinError
  | { readonly kind: 'unsafe_address'; readonly url: string }
  | { readonly kind: 'no_pin'; readonly archive: string; readonly sumsFile: string }
  | (UnpackError & { readonly archive: string })
  | { readonly kind: 'not_built'; readonly sentence: string }

const isLoopback = (host: string): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(host)

function releaseUrl(places: ReleasePlaces, file: string): Result<string, ReleaseError> {
  const text = `${places.releasesUrl.replace(/\/+$/, '')}/v${places.version}/${file}`
  const url = URL.canParse(text) ? new URL(text) : null
  // SECURITY: sums are only as good as the way they come, and a plain address is for a server on this machine.
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) return ok(text)
  return err({ kind: 'unsafe_address', url: text })
}

const readPins = async (places: ReleasePlaces): Promise<Sums> =>
  parseSums(await readFile(places.sumsFile, 'utf8').catch(() => ''))

/** Writes LiveKit's own sums of the pinned version into the repository's file. @returns what is pinned now */
export async function pinReleases(places: ReleasePlaces): Promise<Result<Sums, ReleaseError>> {
  const url = releaseUrl(places, 'checksums.txt')
  if (!url.ok) return url
  const published = await download(url.value)
  if (!published.ok) return published
  const text = new TextDecoder().decode(published.value)
  const pins = planPins(archiveNames(places.version), await readPins(places), parseSums(text))
  if (pins.ok) await writeWhole(places.sumsFile, formatSums(places.version, pins.value), 0o644)
  return pins
}

/**
 * Puts the server for a target in its place: fetched, held against the pinned sum, and unpacked; or built, where LiveKit
 * publishes none. After a failure the place is as it was.
 * @returns the path of the program
 */
export async function prepareRelease(
  target: ReleaseTarget,
  places: ReleasePlaces,
): Promise<Result<string, ReleaseError>> {
  const source = releaseSources[target]
  const program = join(places.outputFolder, target, source.program)
  if (source.kind === 'built') return await placeBuilt(target, source.goarch, program, places)
  const archive = archiveName(source, places.version)
  const sum = (await readPins(places)).get(archive)
  if (sum === undefined) return err({ kind: 'no_pin', archive, sumsFile: places.sumsFile })
  const url = releaseUrl(places, archive)
  if (!url.ok) return url
  const bytes = await downloadVerified(url.value, sum, places.archiveFolder)
  if (!bytes.ok) return bytes
  const unpacked = await unpackProgram(bytes.value, source.format, source.program)
  if (!unpacked.ok) return err({ ...unpacked.error, archive })
  await writeWhole(program, unpacked.value, 0o755)
  return ok(program)
}

async function placeBuilt(
  target: ReleaseTarget,
  goarch: 'amd64' | 'arm64',
  program: string,
  places: ReleasePlaces,
): Promise<Result<string, ReleaseError>> {
  const built = places.builtProgram(target)
  const isBuilt = await access(built).then(
    () => true,
    () => false,
  )
  const failure = isBuilt ? null : await places.build(goarch, built)
  if (failure !== null) return err({ kind: 'not_built', sentence: failure })
  await writeWhole(program, await readFile(built), 0o755)
  return ok(program)
}

/** What a person reads of a failure. */
export function describeReleaseError(error: ReleaseError): string {
  switch (error.kind) {
    case 'unreachable':
      return `${error.url} could not be read (${error.why}). Nothing was changed; try again.`
    case 'refused':
      return `${error.url} answered ${error.status}. Is that version released?`
    case 'wrong_sum':
      return (
        `${error.url} is not the file whose sum is pinned, and was thrown away. ` +
        `Expected ${error.expected}, got ${error.actual}.`
      )
    case 'no_pin':
      return (
        `No sum is pinned for ${error.archive}, so it was not fetched. ` +
        `Take LiveKit's own with "npm run livekit:releases -- --pin", compare, and commit ${error.sumsFile}.`
      )
    case 'not_published':
      return `LiveKit's checksums.txt has no sum for ${error.archive}. Nothing was pinned.`
    case 'pin_changed':
      return (
        `LiveKit's checksums.txt gives ${error.archive} the sum ${error.published}, but ${error.pinned} is pinned. ` +
        'A released file does not change: find out why before you take the line out by hand. Nothing was pinned.'
      )
    case 'unsafe_address':
      return `${error.url} is neither https nor on this machine, so it was not asked.`
    case 'bad_archive':
      return `${error.archive} has the pinned sum, but ${error.why}. Nothing was unpacked.`
    case 'not_built':
      return error.sentence
  }
}
