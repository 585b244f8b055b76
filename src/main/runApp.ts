import { join } from 'node:path'
import {
  app,
  type BrowserWindow,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  session as electronSession,
  shell,
} from 'electron'
import type { BackendConnection } from '../shared/ipc/contract.ts'
import type { MachineChange } from '../shared/machine/machineFigures.ts'
import { appScheme } from './appProtocol/appOrigin.ts'
import { connectSources } from './appProtocol/contentSecurityPolicy.ts'
import { serveApp } from './appProtocol/serveApp.ts'
import { type BackendSupervisor, createBackendSupervisor } from './backend/backendSupervisor.ts'
import { forkBackend } from './backend/forkBackend.ts'
import { chooseBackend } from './backend/hostedBackend.ts'
import { createAnswers } from './ipc/answers.ts'
import { registerIpc, sendEvent } from './ipc/registerIpc.ts'
import type { MainLog } from './log/mainLog.ts'
import { createMachineSampler, type MachineSampler, selectPace } from './machine/createMachineSampler.ts'
import { createMachineSources } from './machine/machineSources.ts'
import { watchPower } from './machine/watchPower.ts'
import type { DataFolders } from './profile/dataFolders.ts'
import { guardSession } from './security/guardSession.ts'
import { openOutside } from './security/openOutside.ts'
import { openSessionStore } from './session/sessionStore.ts'
import { openSettingsStore } from './settings/settingsStore.ts'
import { openUpdater } from './updates/openUpdater.ts'
import { focusWindow, openMainWindow } from './window/mainWindow.ts'

interface Run {
  readonly profile: string
  readonly folders: DataFolders
  readonly log: MainLog
  /** The folder with main, preload and renderer as built. */
  readonly outFolder: string
}

/** Runs the app of one profile from Electron's readiness to its end. */
export function runApp(run: Run): void {
  const { log } = run
  let window: BrowserWindow | null = null
  log.info(`studyhall ${app.getVersion()}, profile "${run.profile}", data in ${run.folders.data}`)

  app.on('second-instance', () => {
    if (window !== null) focusWindow(window)
  })
  app.on('window-all-closed', () => app.quit())

  const start = async (): Promise<void> => {
    await app.whenReady()
    const backend = superviseBackend(run)
    backend.start()
    stopBeforeQuitting(backend, log)
    window = openWindow(run, backend)
    window.on('closed', () => {
      window = null
    })
  }
  start().catch((error: unknown) => {
    log.error(`start failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    app.exit(1)
  })
}

function openWindow(run: Run, backend: BackendSupervisor): BrowserWindow {
  const { folders, log, outFolder } = run
  const settings = openSettingsStore(folders.profile)
  const theme = settings.snapshot().settings.theme
  nativeTheme.themeSource = theme
  Menu.setApplicationMenu(null)
  guardSession(electronSession.defaultSession)
  protocol.handle(appScheme, (request) =>
    serveApp(request, {
      root: join(outFolder, 'renderer'),
      connect: () => connectSources(backend.connection(), process.env.STUDYHALL_LIVEKIT_URL ?? null),
    }),
  )
  registerIpc(
    createAnswers({
      backend,
      settings,
      session: openSessionStore(folders.profile, safeStorage, log),
      machine: openMachine(log, process.env.STUDYHALL_MACHINE_READINGS !== 'off'),
      updater: openUpdater(settings.snapshot().settings.updates.channel, log),
      log,
      sinceStartMs: () => performance.now(),
      openOutside: (url) => openOutside(url, shell),
      onThemeChanged: (chosen) => {
        nativeTheme.themeSource = chosen
      },
    }),
    log,
  )
  return openMainWindow({
    title: run.profile === 'default' ? 'Studyhall' : `Studyhall (${run.profile})`,
    preload: join(outFolder, 'preload', 'index.cjs'),
    folder: folders.profile,
    dark: nativeTheme.shouldUseDarkColors,
    log,
    onShown: () => log.info(`window shown after ${Math.round(performance.now())} ms`),
  })
}

/** The embedded backend under supervision, or a hosted one that stays as it is. */
function superviseBackend(run: Run): BackendSupervisor {
  const { folders, log, outFolder } = run
  const choice = chooseBackend(process.env)
  if (!choice.ok) {
    log.error(`backend: ${choice.error.message}`)
    return fixedBackend({ kind: 'failed', failure: choice.error })
  }
  if (choice.value.kind === 'hosted') {
    log.info(`backend: hosted at ${choice.value.connection.url}`)
    return fixedBackend(choice.value.connection)
  }
  return createBackendSupervisor({
    fork: () =>
      forkBackend({
        entry: join(outFolder, 'main', 'backend.js'),
        dataFolder: folders.data,
        resources: app.getAppPath(),
      }),
    log,
    onChanged: (connection) => sendEvent('backend:changed', connection),
    nowMs: () => performance.now(),
    setTimer,
  })
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

function setTimer(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, delayMs)
  return () => clearTimeout(timer)
}

function fixedBackend(connection: BackendConnection): BackendSupervisor {
  return {
    connection: () => connection,
    start: () => undefined,
    retry: () => connection,
    stop: () => Promise.resolve(),
  }
}

/** Quitting waits for the backend: PostgreSQL is to end with everything written. */
function stopBeforeQuitting(backend: BackendSupervisor, log: MainLog): void {
  let stopped = false
  const stop = async (): Promise<void> => {
    await backend.stop()
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
