import { err, ok, type Result } from '../../src/shared/result.ts'

/** SHA-256 sums in lower-case hexadecimal, by the name of the file that they are of. */
export type Sums = ReadonlyMap<string, string>

const sumLine = /^([0-9a-f]{64}) [ *](\S+)$/i

/** Reads what `sha256sum` writes and LiveKit publishes as `checksums.txt`; lines that are no sum (comments) are left out. */
export function parseSums(text: string): Sums {
  const sums = new Map<string, string>()
  for (const line of text.split(/\r?\n/)) {
    const [, sum, name] = sumLine.exec(line) ?? []
    if (sum !== undefined && name !== undefined) sums.set(name, sum.toLowerCase())
  }
  return sums
}

const preface = (version: string): readonly string[] => [
  `# SHA-256 sums of LiveKit ${version}'s released archives, as LiveKit publishes them in checksums.txt beside them.`,
  '# Written by `npm run livekit:releases -- --pin`, and by nothing else. Compare with the release page before committing:',
  `# https://github.com/livekit/livekit/releases/tag/v${version}`,
]

/** The file of pinned sums. */
export function formatSums(version: string, sums: Sums): string {
  const lines = [...sums].map(([name, sum]) => `${sum}  ${name}`)
  return `${[...preface(version), ...lines].join('\n')}\n`
}

/** Why published sums cannot be pinned. */
export type PinError =
  | { readonly kind: 'not_published'; readonly archive: string }
  | {
      readonly kind: 'pin_changed'
      readonly archive: string
      readonly pinned: string
      readonly published: string
    }

/**
 * What to pin of what LiveKit publishes.
 * SECURITY: a released archive never changes. A sum that differs from the one that was pinned is refused, not taken over.
 */
export function planPins(archives: readonly string[], pinned: Sums, published: Sums): Result<Sums, PinError> {
  const pins = new Map<string, string>()
  for (const archive of archives) {
    const sum = published.get(archive)
    if (sum === undefined) return err({ kind: 'not_published', archive })
    const earlier = pinned.get(archive)
    if (earlier !== undefined && earlier !== sum)
      return err({ kind: 'pin_changed', archive, pinned: earlier, published: sum })
    pins.set(archive, sum)
  }
  return ok(pins)
}
