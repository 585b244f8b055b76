import type { Shell } from 'electron'
import type { PrivacyPage } from '../../shared/ipc/privacyPage.ts'

/**
 * SECURITY: the addresses of the system's own settings that are opened, beside the one for the screen; a page may say which, and no
 * other. Linux has no address for them: each desktop has its own settings, or none.
 */
const addresses: Readonly<Partial<Record<NodeJS.Platform, Readonly<Partial<Record<PrivacyPage, string>>>>>> =
  {
    darwin: {
      camera: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Camera',
      microphone: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone',
      accessibility: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Accessibility',
    },
    win32: {
      camera: 'ms-settings:privacy-webcam',
      microphone: 'ms-settings:privacy-microphone',
    },
  }

/** Opens the system's page for what a program may do. False: this system has none. Rejects when it did not open. */
export async function openPrivacyPage(
  page: PrivacyPage,
  platform: NodeJS.Platform,
  shell: Pick<Shell, 'openExternal'>,
): Promise<boolean> {
  const address = addresses[platform]?.[page]
  if (address === undefined) return false
  await shell.openExternal(address)
  return true
}
