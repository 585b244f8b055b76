import { RuntimeBrowserWindow } from './browserWindow.ts'
import { runtimeOptions } from './options.ts'
import type { RuntimeWebContents } from './webContents.ts'

type Image = Pick<Electron.NativeImage, 'isEmpty' | 'toDataURL' | 'getSize'>

function createImage(dataUrl: string, size: Electron.Size): Image {
  return { isEmpty: () => dataUrl === '', toDataURL: () => dataUrl, getSize: () => size }
}

/**
 * Electron's `desktopCapturer` as far as this process can see: the app's own windows with their pictures, and the screen without one,
 * where there is a screen or Chromium pretends that there is. Which of them a page captures is Chromium's to do (`pageBridge`).
 */
export const desktopCapturer = {
  async getSources(options: Electron.SourcesOptions): Promise<Electron.DesktopCapturerSource[]> {
    const { width = 150, height = 150 } = options.thumbnailSize ?? {}
    const screens = options.types.includes('screen') && hasScreen() ? [createScreen()] : []
    const shown = options.types.includes('window') ? RuntimeBrowserWindow.getAllWindows() : []
    const windows = await Promise.all(shown.map((window) => createWindow(window, { width, height })))
    return [...screens, ...windows] as unknown as Electron.DesktopCapturerSource[]
  },
}

function hasScreen(): boolean {
  const { headless, chromiumSwitches } = runtimeOptions()
  return !headless || chromiumSwitches.some((name) => name.startsWith('--use-fake-device-for-media-stream'))
}

function createScreen() {
  const thumbnail = createImage('', { width: 0, height: 0 })
  return { id: 'screen:0:0', name: 'Entire screen', display_id: '0', thumbnail, appIcon: null }
}

async function createWindow(window: RuntimeBrowserWindow, within: Electron.Size) {
  const contents: RuntimeWebContents = window.webContents
  const picture = within.width > 0 && within.height > 0 ? await contents.takeThumbnail(within) : ''
  return {
    id: `window:${window.id}:0`,
    name: window.getTitle(),
    display_id: '',
    thumbnail: createImage(picture, within),
    appIcon: null,
  }
}
