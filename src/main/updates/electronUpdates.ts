import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AppUpdater, CancellationToken } from 'electron-updater'
import type { MainLog } from '../log/mainLog.ts'
import type { UpdateSource } from './createUpdater.ts'

/** How this copy of the app was put on the machine. */
export interface Installation {
  readonly isPackaged: boolean
  /** Electron's folder of the packaged app's files. */
  readonly resources: string
  readonly platform: NodeJS.Platform
  /** `APPIMAGE`: the file that was started, where it was one. */
  readonly appImage: string | undefined
}

/** Whether this copy was packaged with a place to look for updates (electron-builder writes `app-update.yml` then). */
export function canUpdate(installation: Installation): boolean {
  return installation.isPackaged && existsSync(join(installation.resources, 'app-update.yml'))
}

/** Debian's package asks for an administrator's password to be replaced, which nobody expects of quitting. */
export function installsQuietly({ platform, appImage }: Installation): boolean {
  return platform !== 'linux' || (appImage ?? '') !== ''
}

/** The source over electron-updater, which is loaded with the first look: a start has no use for it. */
export interface ElectronUpdates extends UpdateSource {
  /**
   * Starts the installer of what was downloaded, which ends the app; the app must be ready for it. `onFailed`: it did not start, as when
   * the person refused their password, and nothing ends the app.
   */
  readonly install: (onFailed: () => void) => void
}

/** electron-updater behind the port. SECURITY: it takes over https only, checks sums and, where there are any, signatures. */
export function openElectronUpdates(installation: Installation, log: MainLog): ElectronUpdates {
  let loading: Promise<AppUpdater> | null = null
  let loaded: AppUpdater | null = null
  let download: CancellationToken | null = null

  const load = async (): Promise<AppUpdater> => {
    const { default: updates } = await import('electron-updater')
    const { autoUpdater } = updates
    autoUpdater.autoDownload = false
    autoUpdater.autoInstallOnAppQuit = false
    autoUpdater.logger = { ...log, info: () => undefined, debug: () => undefined }
    // Failures also reject what was asked for, where they are dealt with; without a listener they would be thrown.
    autoUpdater.on('error', () => undefined)
    loaded = autoUpdater
    return autoUpdater
  }

  return {
    check: async (channel) => {
      const updater = await (loading ??= load())
      updater.channel = channel === 'beta' ? 'beta' : 'latest'
      updater.allowPrerelease = channel === 'beta'
      // Setting the channel allows it.
      updater.allowDowngrade = false
      const result = await updater.checkForUpdates()
      return result?.isUpdateAvailable === true ? result.updateInfo.version : null
    },
    download: async () => {
      const updater = await (loading ??= load())
      const { default: updates } = await import('electron-updater')
      // Set before the download, whose end decides whether quitting installs.
      updater.autoInstallOnAppQuit = installsQuietly(installation)
      const token = new updates.CancellationToken()
      download = token
      await updater.downloadUpdate(token)
    },
    cancelDownload: () => download?.cancel(),
    setInstallOnQuit: (isWanted) => {
      if (loaded !== null) loaded.autoInstallOnAppQuit = isWanted && installsQuietly(installation)
    },
    install: (onFailed) => {
      loaded?.once('error', onFailed)
      loaded?.quitAndInstall(true, true)
    },
  }
}
