import type { Platform } from '../core/ports/desktop.ts'

/** The system, for sentences about its settings. Known to the page itself, so that the first paint waits for nobody. */
export function readPlatform(): Platform {
  const { platform } = navigator
  if (platform.startsWith('Win')) return 'win32'
  if (platform.startsWith('Mac')) return 'darwin'
  return platform.startsWith('Linux') ? 'linux' : 'other'
}
