import type { ScreenContent } from '../../../src/renderer/core/quality/screenEncoding.ts'
import type { ScreenSourcesPort } from '../../../src/renderer/core/ports/screenShare.ts'

/** In place of the app's own process: whatever a page asks for may be captured. */
export const allScreens: ScreenSourcesPort = {
  means: () => Promise.resolve({ picker: 'systemPicker', permission: 'granted', offersSound: true }),
  list: () => Promise.resolve(null),
  choose: () => Promise.resolve(true),
  openPermissions: () => Promise.resolve(false),
}

/** How somebody shares. */
export interface ShareOptions {
  readonly content: ScreenContent
  readonly withSound: boolean
  /** The browser keeps what we play out of the sound, and says so. Chromium on Linux does neither. */
  readonly isSoundClean?: boolean
}

/** Asks Chromium for this very page, which needs no answer of anybody's, and lets a sound count as clean where a test says so. */
export function captureThisPage(options: ShareOptions): void {
  const devices = navigator.mediaDevices
  devices.getDisplayMedia = async (wanted) => {
    const preferred = { ...wanted, preferCurrentTab: true }
    const stream = await MediaDevices.prototype.getDisplayMedia.call(devices, preferred)
    for (const track of options.isSoundClean === true ? stream.getAudioTracks() : []) {
      const settings = track.getSettings()
      track.getSettings = () => Object.assign({}, settings, { restrictOwnAudio: true })
    }
    return stream
  }
}
