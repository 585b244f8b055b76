import type { SharingMeans } from '../../shared/ipc/screenShare.ts'
import { isWaylandSession } from '../desk/isWaylandSession.ts'

/** What is known of the computer. */
export interface SharingSystem {
  readonly platform: NodeJS.Platform
  /** Of the kernel, as `os.release()` tells it. */
  readonly release: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** macOS 15 is Darwin 24 and has a picker of its own; macOS 13 is Darwin 22 and gives what the computer plays. */
const DARWIN_OF_SYSTEM_PICKER = 24
const DARWIN_OF_SOUND = 22

/**
 * Who asks what is to be shared. On Wayland no program may look at screens: listing them opens the portal's dialog, and capturing one
 * opens it again, so that nothing is listed there.
 */
export function selectPicker({ platform, release, environment }: SharingSystem): SharingMeans['picker'] {
  if (platform === 'darwin') return selectMajor(release) >= DARWIN_OF_SYSTEM_PICKER ? 'systemPicker' : 'inApp'
  return isWaylandSession(platform, environment) ? 'portal' : 'inApp'
}

/**
 * Whether the computer's sound can be shared without the call's own voices. Chromium leaves out what it plays itself on Windows and
 * macOS alone (`loopbackWithoutChrome`); elsewhere everybody would hear themselves.
 */
export function selectOffersSound({ platform, release }: SharingSystem): boolean {
  return platform === 'win32' || (platform === 'darwin' && selectMajor(release) >= DARWIN_OF_SOUND)
}

/**
 * Only macOS asks people whether a program may see the screen. Of the values that Electron declares, it gives `granted` and `denied` alone
 * here (`CheckSystemScreenCapturePermission`), also before anybody was asked; `createScreenShare` tells these apart.
 */
export function selectPermission(
  platform: NodeJS.Platform,
  readStatus: () => 'not-determined' | 'granted' | 'denied' | 'restricted' | 'unknown',
): SharingMeans['permission'] {
  if (platform !== 'darwin') return 'granted'
  switch (readStatus()) {
    case 'granted':
      return 'granted'
    case 'denied':
      return 'denied'
    case 'restricted':
      return 'restricted'
    case 'not-determined':
    case 'unknown':
      return 'notAsked'
  }
}

function selectMajor(release: string): number {
  return Number.parseInt(release, 10) || 0
}
