import type { PackageSystem } from './packageTarget.ts'

const megabyte = 1_000_000

/**
 * What an app may weigh at most, in bytes: unpacked without Electron (`archive` is app.asar), and each installer. Electron
 * itself is about 110 MB in an installer; macOS's is for both processors.
 */
export const sizeBudgets: Readonly<
  Record<
    PackageSystem,
    {
      readonly archive: number
      readonly postgres: number
      readonly livekit: number
      readonly installer: number
    }
  >
> = {
  linux: {
    archive: 24 * megabyte,
    postgres: 64 * megabyte,
    livekit: 60 * megabyte,
    installer: 175 * megabyte,
  },
  win: { archive: 24 * megabyte, postgres: 76 * megabyte, livekit: 60 * megabyte, installer: 165 * megabyte },
  mac: {
    archive: 24 * megabyte,
    postgres: 155 * megabyte,
    livekit: 120 * megabyte,
    installer: 340 * megabyte,
  },
}

/**
 * What may be read before anything is seen, in bytes as built, each with what it imports statically: a tenth above what it was on
 * 27 November 2026 (docs/benchmarks.md, "desktop"). A change that needs more says what for, and raises the figure.
 */
export const bundleBudgets = {
  main: 470_000,
  preload: 3_500,
  firstPicture: 540_000,
} as const

/** Files that people download. */
const installerPattern = /\.(AppImage|deb|exe|dmg|zip)$/

/** A sentence for each installer that is over the budget. */
export function findOversized(
  files: readonly { readonly name: string; readonly bytes: number }[],
  system: PackageSystem,
): readonly string[] {
  const limit = sizeBudgets[system].installer
  return files
    .filter(({ name, bytes }) => installerPattern.test(name) && bytes > limit)
    .map(
      ({ name, bytes }) =>
        `${name} has ${Math.round(bytes / megabyte)} MB; the budget is ${Math.round(limit / megabyte)} MB.`,
    )
}
