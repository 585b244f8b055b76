import type { Configuration } from 'electron-builder'

/**
 * What Electron's binary is told once and for all. SECURITY: it is no Node that somebody else could start, by environment or
 * switch; it runs `app.asar` alone, and on Windows and macOS only unchanged; cookies are encrypted with the system's keys.
 */
export const fuses = {
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  grantFileProtocolExtraPrivileges: false,
  enableCookieEncryption: true,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
} as const satisfies NonNullable<Configuration['electronFuses']>
