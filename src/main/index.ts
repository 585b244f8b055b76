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
import { guardContents } from './security/guardContents.ts'

/*
 * The main process's entry: what must be settled before Electron is ready, then `runApp`.
 */

// Windows shows notifications of a program only under the name that its shortcut has from the installer.
if (process.platform === 'win32') app.setAppUserModelId(appId)
// SECURITY: before any window can exist.
app.enableSandbox()
guardContents(app)
protocol.registerSchemesAsPrivileged([
  {
    scheme: appScheme,
    privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
  },
])

begin()

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
