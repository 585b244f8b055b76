import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog, protocol } from 'electron'
import { appId } from '../shared/appId.ts'
import { appScheme } from './appProtocol/appOrigin.ts'
import { matchLanguage } from '../shared/languages/languages.ts'
import { mainWords } from './language/mainWords.ts'
import { readSystemLanguages } from './language/readSystemLanguages.ts'
import { createMainLog } from './log/mainLog.ts'
import { openDataFolders } from './profile/dataFolders.ts'
import { profileFromArguments } from './profile/profileName.ts'
import { runApp } from './runApp.ts'
import { findMissingSandbox, type MissingSandbox, noSandboxSwitch } from './security/findMissingSandbox.ts'
import { guardContents } from './security/guardContents.ts'
import { findAppImage } from './startup/findAppImage.ts'

/*
 * The main process's entry: what must be settled before Electron is ready, then `runApp`.
 */

// Windows shows notifications of a program only under the name that its shortcut has from the installer.
if (process.platform === 'win32') app.setAppUserModelId(appId)
// SECURITY: looked at first, because the next line takes the switch off the command line.
const missingSandbox = findMissingSandbox({
  isPackaged: app.isPackaged,
  hasNoSandbox: app.commandLine.hasSwitch(noSandboxSwitch),
  isAppImage: findAppImage(process.env, app.getPath('exe'), realpathSync) !== null,
})
// SECURITY: before any window can exist.
app.enableSandbox()
guardContents(app)
protocol.registerSchemesAsPrivileged([
  {
    scheme: appScheme,
    privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
  },
])

if (missingSandbox === null) begin()
else void refuseWithoutSandbox(missingSandbox)

function begin(): void {
  const profile = profileFromArguments(process.argv)
  if (!profile.ok) return refuseToStart(profile.error.message)
  const folders = openDataFolders({
    override: process.env.STUDYHALL_DATA_DIR,
    userData: app.getPath('userData'),
    profile: profile.value,
  })
  if (!folders.ok) return refuseToStart(folders.error.message)
  // Each profile has its own storage, cookies and lock; a profile that runs already is brought to the front.
  app.setPath('userData', folders.value.profile)
  if (!app.requestSingleInstanceLock()) {
    process.stderr.write(
      `Studyhall is running already with profile "${profile.value}"; its window is brought to the front.\n`,
    )
    app.exit(0)
    return
  }
  runApp({
    profile: profile.value,
    folders: folders.value,
    log: createMainLog(folders.value.logs),
    systemLanguages: systemLanguages(),
    outFolder: join(import.meta.dirname, '..'),
  })
}

function systemLanguages(): readonly string[] {
  return readSystemLanguages(process.env, () => app.getPreferredSystemLanguages())
}

/** A reason that a person can do something about; Electron shows it in the terminal where there is no desktop yet. */
function refuseToStart(message: string): void {
  dialog.showErrorBox(mainWords[matchLanguage(systemLanguages())].cannotStart, message)
  app.exit(1)
}

/** Once Electron is ready: earlier, Linux would show it in a terminal alone, and an image is started by a click. */
async function refuseWithoutSandbox(missing: MissingSandbox): Promise<void> {
  await app.whenReady()
  refuseToStart(mainWords[matchLanguage(systemLanguages())].missingSandbox[missing])
}
