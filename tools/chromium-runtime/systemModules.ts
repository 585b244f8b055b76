import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { dirname } from 'node:path'
import { runtimeOptions } from './options.ts'

/*
 * The small modules about the machine. Each does what can be done honestly in plain Node, and no more.
 */

/** Opens in the system's browser or file manager where there is a display, and says so where there is none. */
export const shell: Pick<Electron.Shell, 'openExternal' | 'openPath' | 'showItemInFolder'> = {
  openExternal: (url) => openOutside(url),
  openPath: async (path) => {
    try {
      await openOutside(path)
      return ''
    } catch (error) {
      return error instanceof Error ? error.message : 'it could not be opened'
    }
  },
  // The folder alone: no file manager can be told from here which file is meant.
  showItemInFolder(path) {
    openOutside(dirname(path)).catch((error: unknown) => console.error(String(error)))
  },
}

async function openOutside(target: string): Promise<void> {
  if (runtimeOptions().headless) throw new Error(`there is no display to open ${target} on`)
  const [command, ...args] = openCommand(target)
  await new Promise<void>((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true })
    child.on('error', reject)
    child.on('spawn', () => {
      child.unref()
      resolve()
    })
  })
}

function openCommand(target: string): [string, ...string[]] {
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', target]
  return [process.platform === 'darwin' ? 'open' : 'xdg-open', target]
}

/** By Node's own `fetch`: without the system's proxy and certificates, which Electron's uses. */
export const net: { readonly fetch: (url: string, init?: RequestInit) => Promise<Response> } = {
  fetch: (url, init) => globalThis.fetch(url, init),
}

/** There is no window to show an error in before Chromium runs, so it goes to the terminal. */
export const dialog: Pick<Electron.Dialog, 'showErrorBox'> & {
  /** Nobody can answer in the terminal: it is taken for closed, as by its cross. */
  readonly showMessageBox: (
    options: Electron.MessageBoxOptions,
  ) => Promise<Pick<Electron.MessageBoxReturnValue, 'response' | 'checkboxChecked'>>
} = {
  showErrorBox: (title, content) => console.error(`${title}\n${content}`),
  showMessageBox: async ({ message, detail = '', cancelId = 0 }) => {
    console.error(`${message}\n${detail}`)
    return { response: cancelId, checkboxChecked: false }
  },
}

/**
 * Encryption is not available: a key kept beside the data would only look like protection. What needs it must do without,
 * as on a Linux desktop that has no secret service.
 */
export const safeStorage: Pick<
  Electron.SafeStorage,
  'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend'
> = {
  isEncryptionAvailable: () => false,
  getSelectedStorageBackend: () => 'basic_text',
  encryptString: () => {
    throw new Error('safeStorage.encryptString: encryption is not available in the Chromium runtime')
  },
  decryptString: () => {
    throw new Error('safeStorage.decryptString: encryption is not available in the Chromium runtime')
  },
}

class NativeTheme
  extends EventEmitter
  implements Pick<Electron.NativeTheme, 'themeSource' | 'shouldUseDarkColors'>
{
  #source: Electron.NativeTheme['themeSource'] = 'system'

  get themeSource(): Electron.NativeTheme['themeSource'] {
    return this.#source
  }

  set themeSource(source: Electron.NativeTheme['themeSource']) {
    const changed = source !== this.#source
    this.#source = source
    if (changed) this.emit('updated')
  }

  /** Pages follow the system by themselves; this process cannot know what that is and takes it for light. */
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark'
  }
}

/** Electron's `nativeTheme`. */
export const nativeTheme = new NativeTheme()

/** One display of a common size: what is outside of it cannot be known from here. */
const display = {
  id: 0,
  scaleFactor: 1,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1080 },
}

class Screen extends EventEmitter {
  getPrimaryDisplay(): typeof display {
    return display
  }

  getAllDisplays(): (typeof display)[] {
    return [display]
  }
}

/** Electron's `screen`. */
export const screen = new Screen()

/** Nothing asks the system here; Chromium itself does when a page wants a device. */
export const systemPreferences: Pick<
  Electron.SystemPreferences,
  'getMediaAccessStatus' | 'askForMediaAccess'
> = {
  getMediaAccessStatus: () => 'unknown',
  askForMediaAccess: async () => true,
}

/**
 * No event ever comes: this process is told of neither sleep nor lock nor power. The answers are Chromium's own where it does not
 * know, and on Linux it never knows.
 */
class PowerMonitor
  extends EventEmitter
  implements Pick<Electron.PowerMonitor, 'getCurrentThermalState' | 'isOnBatteryPower' | 'onBatteryPower'>
{
  readonly onBatteryPower = false

  getCurrentThermalState(): 'unknown' {
    return 'unknown'
  }

  isOnBatteryPower(): boolean {
    return this.onBatteryPower
  }
}

/** Electron's `powerMonitor`. */
export const powerMonitor = new PowerMonitor()
