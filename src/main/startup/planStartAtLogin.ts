import type { Settings } from '../../shared/settings/settings.ts'
import { formatDesktopEntry } from '../desktopEntry/formatDesktopEntry.ts'
import { defaultProfile } from '../profile/profileName.ts'

/** The switch that starts without showing the window. */
export const hiddenSwitch = '--hidden'

/**
 * What is to be done so that the system starts Studyhall at login, or does not any more. `loginItem`: for Electron's
 * `setLoginItemSettings` (Windows, macOS). `write`, `remove`: the file of the autostart specification (freedesktop.org).
 */
export type StartAtLoginPlan =
  | {
      readonly kind: 'loginItem'
      readonly openAtLogin: boolean
      readonly args: readonly string[]
      /** Windows: the value's name among those of the person's other programs. */
      readonly name?: string
    }
  | { readonly kind: 'write'; readonly fileName: string; readonly content: string }
  | { readonly kind: 'remove'; readonly fileName: string }
  | { readonly kind: 'nothing' }

/** Decides it. An app that is not installed is left out: the system would start a bare runtime. */
export function planStartAtLogin(now: {
  readonly platform: NodeJS.Platform
  readonly isInstalled: boolean
  readonly profile: string
  /** The program that was started; of an AppImage, the image. */
  readonly executable: string
  readonly startUp: Settings['startUp']
}): StartAtLoginPlan {
  const { platform, profile, startUp } = now
  if (!now.isInstalled) return { kind: 'nothing' }
  const args = [
    ...(profile === defaultProfile ? [] : [`--profile=${profile}`]),
    ...(startUp.minimised ? [hiddenSwitch] : []),
  ]
  switch (platform) {
    case 'win32':
      // Each profile has its own; the uninstaller knows them by what their names begin with (packaging/installer.nsh).
      return { kind: 'loginItem', openAtLogin: startUp.atLogin, args, name: `Studyhall-${profile}` }
    case 'darwin':
      // There is one item an app there, without arguments: `wasOpenedAtLogin` tells how it was started.
      return profile === defaultProfile
        ? { kind: 'loginItem', openAtLogin: startUp.atLogin, args: [] }
        : { kind: 'nothing' }
    case 'linux': {
      const fileName = profile === defaultProfile ? 'studyhall.desktop' : `studyhall-${profile}.desktop`
      return startUp.atLogin
        ? { kind: 'write', fileName, content: autostartEntry(now.executable, args) }
        : { kind: 'remove', fileName }
    }
    default:
      return { kind: 'nothing' }
  }
}

function autostartEntry(executable: string, args: readonly string[]): string {
  return formatDesktopEntry({ executable, args, more: { 'X-GNOME-Autostart-enabled': 'true' } })
}
