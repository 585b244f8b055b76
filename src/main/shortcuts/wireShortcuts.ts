import { join } from 'node:path'
import { app, globalShortcut } from 'electron'
import type { KeyboardPlatform } from '../../shared/shortcuts/accelerator.ts'
import type { CallPresence } from '../call/callPresence.ts'
import { isWaylandSession } from '../desk/isWaylandSession.ts'
import { sendEvent } from '../ipc/registerIpc.ts'
import type { MainLog } from '../log/mainLog.ts'
import { canHearKeys } from '../talkKey/canHearKeys.ts'
import { forkHook } from '../talkKey/forkHook.ts'
import { createTalkKey } from '../talkKey/talkKey.ts'
import { setTimer } from '../timer/setTimer.ts'
import { createGlobalShortcuts } from './globalShortcuts.ts'
import { openShortcuts, type Shortcuts } from './openShortcuts.ts'

/** Keys beyond the window, by Electron's registry and the listening process; let go of when the app quits. */
export function wireShortcuts(run: {
  readonly outFolder: string
  readonly log: MainLog
  readonly showWindow: () => void
  readonly call: CallPresence
}): Shortcuts {
  const tell = (): void => sendEvent('shortcuts:changed', shortcuts.states())
  const combinations = createGlobalShortcuts({
    registry: globalShortcut,
    platform: keyboardPlatform(process.platform),
    onPressed: (action) => {
      if (action === 'show') run.showWindow()
      else sendEvent('shortcuts:pressed', { action })
    },
    onChanged: () => tell(),
  })
  const talkKey = createTalkKey({
    isSupported: canHearKeys(process.platform, process.env),
    fork: (hookCode) =>
      forkHook(
        {
          entry: join(run.outFolder, 'main', 'talkKey.js'),
          modules: app.isPackaged ? join(process.resourcesPath, 'hook') : app.getAppPath(),
        },
        hookCode,
      ),
    setTimer,
    onKey: (isDown) => sendEvent('shortcuts:talkKey', { isDown }),
    onChanged: () => tell(),
    log: run.log,
  })
  const shortcuts: Shortcuts = openShortcuts({
    combinations,
    talkKey,
    call: run.call,
    areAssigned: isWaylandSession(process.platform, process.env),
  })
  app.on('will-quit', () => shortcuts.dispose())
  return shortcuts
}

function keyboardPlatform(platform: NodeJS.Platform): KeyboardPlatform {
  return platform === 'darwin' || platform === 'linux' || platform === 'win32' ? platform : 'other'
}
