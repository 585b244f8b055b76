import { app } from 'electron'
import type { UpdateChannel } from '../../shared/updates/updateState.ts'
import { sendEvent } from '../ipc/registerIpc.ts'
import type { MainLog } from '../log/mainLog.ts'
import { setTimer } from '../timer/setTimer.ts'
import { createUpdater, type Updater } from './createUpdater.ts'
import { canUpdate, openElectronUpdates } from './electronUpdates.ts'

/** The updater of the app as it was put on this machine; it ends with the app. */
export function openUpdater(channel: UpdateChannel, log: MainLog): Updater {
  const installation = {
    isPackaged: app.isPackaged,
    resources: process.resourcesPath,
    platform: process.platform,
    appImage: process.env.APPIMAGE,
  }
  const source = canUpdate(installation) ? openElectronUpdates(installation, log) : null
  let isRestartAsked = false
  const updater = createUpdater({
    source,
    channel,
    log,
    onChanged: (state) => sendEvent('updates:changed', state),
    quitAndInstall: () => {
      isRestartAsked = true
      app.quit()
    },
    setTimer,
  })
  app.on('will-quit', (event) => {
    updater.dispose()
    // Others hold the quit up for as long as files are in use that the installer replaces: the backend's programs.
    if (!isRestartAsked || source === null || event.defaultPrevented) return
    isRestartAsked = false
    event.preventDefault()
    // Not at once: while it says that it is about to quit, Electron takes no other word for it.
    source.install(() => setImmediate(() => app.quit()))
  })
  return updater
}
