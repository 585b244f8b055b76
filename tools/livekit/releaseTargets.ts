/** A system that the app is packaged for, as electron-builder's `${os}-${arch}` spells it. */
export type ReleaseTarget = 'linux-x64' | 'linux-arm64' | 'win-x64' | 'mac-x64' | 'mac-arm64'

/** Where a target's server comes from: an archive that LiveKit publishes, or the compiler. */
export type ReleaseSource =
  | {
      readonly kind: 'archive'
      readonly format: 'tar.gz' | 'zip'
      /** In Go's terms, as in the archive's name. */
      readonly system: string
      readonly architecture: string
      /** The member of the archive that is wanted, and the name of the unpacked program. */
      readonly program: string
    }
  | { readonly kind: 'built'; readonly goarch: 'amd64' | 'arm64'; readonly program: string }

const linux = { kind: 'archive', format: 'tar.gz', system: 'linux', program: 'livekit-server' } as const
const windows = { kind: 'archive', format: 'zip', system: 'windows', program: 'livekit-server.exe' } as const
const mac = { kind: 'built', program: 'livekit-server' } as const

/** LiveKit publishes no archive for macOS (its `.goreleaser.yaml`). */
export const releaseSources: Readonly<Record<ReleaseTarget, ReleaseSource>> = {
  'linux-x64': { ...linux, architecture: 'amd64' },
  'linux-arm64': { ...linux, architecture: 'arm64' },
  'win-x64': { ...windows, architecture: 'amd64' },
  'mac-x64': { ...mac, goarch: 'amd64' },
  'mac-arm64': { ...mac, goarch: 'arm64' },
}

export const isReleaseTarget = (name: string): name is ReleaseTarget => Object.hasOwn(releaseSources, name)

/** All targets, in the order in which they are fetched. */
export const releaseTargets: readonly ReleaseTarget[] = Object.keys(releaseSources).filter(isReleaseTarget)

/** How LiveKit names the archive, by goreleaser's default: `livekit_1.13.5_linux_amd64.tar.gz`. */
export function archiveName(source: ReleaseSource & { kind: 'archive' }, version: string): string {
  return `livekit_${version}_${source.system}_${source.architecture}.${source.format}`
}

/** The archives of a version that are fetched, and therefore pinned. */
export function archiveNames(version: string): readonly string[] {
  return Object.values(releaseSources).flatMap((source) =>
    source.kind === 'archive' ? [archiveName(source, version)] : [],
  )
}
