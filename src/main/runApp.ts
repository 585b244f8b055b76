import { homedir, hostname, release, userInfo } from 'node:os'
import { join } from 'node:path'
import {
  app,
  desktopCapturer,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  session as electronSession,
  shell,
  systemPreferences,
} from 'electron'
import type { MachineChange } from '../shared/machine/machineFigures.ts'
import type { AppFacts } from '../shared/ipc/settingsPanel.ts'
import { matchLanguage } from '../shared/languages/languages.ts'
import type { Settings } from '../shared/settings/settings.ts'
import { appScheme } from './appProtocol/appOrigin.ts'
import { connectSources } from './appProtocol/contentSecurityPolicy.ts'
import { serveApp } from './appProtocol/serveApp.ts'
import type { BackendSwitch } from './backend/backendSwitch.ts'
import { openBackend } from './backend/openBackend.ts'
import { type CallPresence, createCallPresence } from './call/callPresence.ts'
import type { PersonTraces } from './diagnostics/redactPerson.ts'
import { type Desk, openDesk } from './desk/openDesk.ts'
import { createAnswers } from './ipc/answers.ts'
import { registerIpc, sendEvent } from './ipc/registerIpc.ts'
import type { SpokenLanguages } from './language/languagePage.ts'
import { mainWords } from './language/mainWords.ts'
import type { MainLog } from './log/mainLog.ts'
import { createMachineSampler, type MachineSampler, selectPace } from './machine/createMachineSampler.ts'
import { createMachineSources } from './machine/machineSources.ts'
import { watchPower } from './machine/watchPower.ts'
import { type Nearby, openNearby } from './nearby/openNearby.ts'
import type { DataFolders } from './profile/dataFolders.ts'
import { openRecordings, type OwnedRecordings } from './recordings/openRecordings.ts'
import { openAskedMemory } from './screenShare/askedMemory.ts'
import { createScreenShare } from './screenShare/createScreenShare.ts'
import { guardSession } from './security/guardSession.ts'
import { openOutside } from './security/openOutside.ts'
import { openPrivacyPage } from './security/openPrivacyPage.ts'
import { openSessionStore } from './session/sessionStore.ts'
import { openSettingsStore } from './settings/settingsStore.ts'
import { wireShortcuts } from './shortcuts/wireShortcuts.ts'
import { createStartAtLogin, startsHidden } from './startup/startAtLogin.ts'
import { setTimer } from './timer/setTimer.ts'
import { hasTray } from './tray/hasTray.ts'
import { openUpdater } from './updates/openUpdater.ts'
import { createCompactWindow } from './window/compactWindow.ts'
import { openMainWindow } from './window/mainWindow.ts'

interface Run {
  readonly profile: string
  readonly folders: DataFolders
  readonly log: MainLog
  /** What the system wants, most wanted first. */
  readonly systemLanguages: readonly string[]
  /** The folder with main, preload and renderer as built. */
  readonly outFolder: string
}

/** Runs the app of one profile from Electron's readiness to its end. */
export function runApp(run: Run): void {
  const { log } = run
  log.info(`studyhall ${app.getVersion()}, profile "${run.profile}", data in ${run.folders.data}`)

  const call = createCallPresence()
  const desk = openDesk(log, call)
  app.on('second-instance', (_event, argv) => desk.handleSecondInstance(argv))
  app.on('window-all-closed', () => app.quit())

  const start = async (): Promise<void> => {
    await app.whenReady()
    const nearby = openNearby({
      backend: () => backend,
      environment: process.env,
      onChanged: (state) => sendEvent('nearby:changed', state),
      log,
    })
    const backend = openBackend({
      ...run,
      onChanged: (connection) => {
        nearby.handleConnection(connection)
        sendEvent('backend:changed', connection)
      },
      onHosting: nearby.handleReport,
    })
    backend.start()
    const recordings = openRecordings({
      // Films lie where people look for films, and not in the app's own folder: they are the person's.
      videosFolder: () => app.getPath('videos'),
      profileFolder: run.folders.profile,
      showItem: (path) => shell.showItemInFolder(path),
      log,
    })
    stopBeforeQuitting(backend, recordings, log)
    openWindow(run, { backend, recordings, desk, call, nearby })
  }
  start().catch((error: unknown) => {
    log.error(`start failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    app.exit(1)
  })
}

interface RunParts {
  readonly backend: BackendSwitch
  readonly recordings: OwnedRecordings
  readonly desk: Desk
  readonly call: CallPresence
  readonly nearby: Nearby
}

function openWindow(run: Run, { backend, recordings, desk, call, nearby }: RunParts): void {
  const { folders, log, outFolder } = run
  const settings = openSettingsStore(folders.profile)
  const shortcuts = wireShortcuts({ ...run, call, showWindow: () => desk.showWindow() })
  const startAtLogin = createStartAtLogin(run.profile, log)
  const followSettings = ({ theme, shortcuts: chosen }: Settings): void => {
    nativeTheme.themeSource = theme
    shortcuts.choose(chosen)
  }
  const chosen = settings.snapshot().settings
  followSettings(chosen)
  Menu.setApplicationMenu(null)
  const screenShare = createScreenShare({
    system: { platform: process.platform, release: release(), environment: process.env },
    capturer: desktopCapturer,
    preferences: systemPreferences,
    shell,
    asked: openAskedMemory(folders.profile, log),
    nowMs: () => performance.now(),
    log,
  })
  guardSession(electronSession.defaultSession, () => screenShare.isChosen())
  screenShare.install(electronSession.defaultSession)
  protocol.handle(appScheme, (request) =>
    serveApp(request, {
      root: join(outFolder, 'renderer'),
      connect: () => connectSources(backend.connection(), process.env.STUDYHALL_LIVEKIT_URL ?? null),
      languages: () => chooseLanguages(settings.snapshot().settings, run.systemLanguages),
    }),
  )
  const compact = createCompactWindow()
  const updater = openUpdater(settings.snapshot().settings.updates.channel, log)
  call.watch(updater.handleCall)
  call.watch(recordings.files.handleCall)
  // A page that was loaded anew knows of no strip, and the lobby does not fit into one.
  call.watch((isInCall) => {
    if (!isInCall) compact.set(false)
  })
  registerIpc(
    createAnswers({
      compact,
      backend,
      settings,
      session: openSessionStore(folders.profile, safeStorage, log),
      machine: openMachine(log, process.env.STUDYHALL_MACHINE_READINGS !== 'off'),
      updater,
      call,
      screenShare,
      recordings: recordings.files,
      films: recordings.films,
      log,
      sinceStartMs: () => performance.now(),
      openOutside: (url) => openOutside(url, shell),
      openPrivacyPage: (page) => openPrivacyPage(page, process.platform, shell),
      onSettingsChanged: (changed) => {
        followSettings(changed)
        startAtLogin(changed.startUp)
      },
      panel: {
        backend,
        shortcuts,
        folders,
        films: recordings.films,
        openFolder: (folder) => shell.openPath(folder),
        facts: describeApp,
        licences: {
          folder: app.isPackaged ? process.resourcesPath : app.getAppPath(),
          isPackaged: app.isPackaged,
        },
        traces: () => tracesOf(run),
      },
      desk: desk.answers,
      nearby: nearby.answers,
    }),
    log,
  )
  const words = mainWords[chooseLanguages(chosen, run.systemLanguages).spoken]
  const window = openMainWindow({
    title: run.profile === 'default' ? 'Studyhall' : `Studyhall (${run.profile})`,
    preload: join(outFolder, 'preload', 'index.cjs'),
    folder: folders.profile,
    dark: nativeTheme.shouldUseDarkColors,
    words,
    log,
    isHidden: startsHidden(process.argv, chosen.startUp),
    hasTray: () => hasTray(process.platform),
    largePlace: () => compact.place(),
    onShown: () => log.info(`window shown after ${Math.round(performance.now())} ms`),
  })
  compact.attach(window)
  // A page that crashes while it waits for a combination cannot say that it no longer does; the keys would rest for good.
  window.webContents.on('render-process-gone', () => shortcuts.setRecording(false))
  // Both write files or ask the system, which nobody should wait for at the start.
  window.once('ready-to-show', () => {
    startAtLogin(settings.snapshot().settings.startUp)
    recordings.resume()
  })
  desk.attach(window, words, () => settings.snapshot().settings.closeToTray)
}

function chooseLanguages({ language }: Settings, system: readonly string[]): SpokenLanguages {
  const ofSystem = matchLanguage(system)
  return { spoken: language === null ? ofSystem : matchLanguage([language]), system: ofSystem }
}

/** Nothing is measured before a page asks for it; sleep and lock are told to it at all times, figures unless they are `off`. */
function openMachine(log: MainLog, areFiguresTold: boolean): MachineSampler {
  const tell = (change: MachineChange): void => sendEvent('machine:changed', change)
  const sampler = createMachineSampler({
    sources: createMachineSources(log),
    pace: selectPace(process.platform),
    nowMs: () => performance.now(),
    setTimer,
    onMeasured: (figures) => {
      if (areFiguresTold) sendEvent('machine:measured', figures)
    },
    onChanged: tell,
  })
  watchPower(powerMonitor, sampler, tell)
  return sampler
}

/** What runs here, for people who help and for the licence page. */
function describeApp(): AppFacts {
  const { electron, chrome, node } = process.versions
  return {
    version: app.getVersion(),
    electron: electron ?? '',
    chromium: chrome ?? '',
    node,
    platform: process.platform,
    arch: process.arch,
    systemVersion: release(),
    isPackaged: app.isPackaged,
  }
}

/** What must not be in anything that the person hands to others. */
function tracesOf({ folders, profile }: Run): PersonTraces {
  return {
    homeFolder: homedir(),
    userName: readUserName(),
    hostName: hostname(),
    dataFolder: folders.data,
    profile,
  }
}

/** Empty for a user whom the system has no entry of, as in a container: Node throws then. */
function readUserName(): string {
  try {
    return userInfo().username
  } catch {
    return ''
  }
}

/** Quitting waits for the backend and for a recording: both are to end with everything written. */
function stopBeforeQuitting(backend: BackendSwitch, recordings: OwnedRecordings, log: MainLog): void {
  let stopped = false
  const stop = async (): Promise<void> => {
    await Promise.all([backend.stop(), recordings.dispose()])
    stopped = true
    log.info('quit')
    app.quit()
  }
  app.on('will-quit', (event) => {
    if (stopped) return
    event.preventDefault()
    void stop()
  })
}
