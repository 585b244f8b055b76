import { EventEmitter } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeBrowser } from './browser.ts'
import { runtimeOptions } from './options.ts'
import { ProcessMetrics } from './processMetrics.ts'
import { SingleInstance } from './singleInstance.ts'

type AppMembers = Pick<
  Electron.App,
  | 'name' | 'isPackaged' | 'getName' | 'setName' | 'getVersion' | 'getAppPath' | 'getPath' | 'setPath' | 'getLocale'
  | 'getPreferredSystemLanguages' | 'isReady' | 'whenReady' | 'quit' | 'exit' | 'requestSingleInstanceLock'
  | 'hasSingleInstanceLock' | 'releaseSingleInstanceLock' | 'enableSandbox' | 'setAppUserModelId' | 'focus'
  | 'getAppMetrics'
> // prettier-ignore

/** Electron's `app`. */
export class RuntimeApp extends EventEmitter implements AppMembers {
  name = 'app'
  readonly isPackaged = false
  /** What the app was started with; nothing can be added to it, since Chromium is told in another place. */
  readonly commandLine: Pick<Electron.CommandLine, 'hasSwitch'> = {
    hasSwitch: (name) =>
      process.argv.some((argument) => argument === `--${name}` || argument.startsWith(`--${name}=`)),
  }
  readonly #paths = new Map<string, string>()
  readonly #singleInstance = new SingleInstance()
  #version = '0.0.0'
  #ready: Promise<void> | null = null
  #isReady = false
  #quitRequested = false
  #exiting = false
  #stopServices: (() => void)[] = []
  readonly #utilityPids = new Set<number>()
  readonly #metrics = new ProcessMetrics((pid) => this.#utilityPids.has(pid))
  /** Closes all windows; set by the runtime, because windows know the app and not the other way round. */
  closeAllWindows: () => void = () => undefined

  /** Reads the app's package.json; called once, before the app's main process is imported. */
  initialise(): void {
    const description = JSON.parse(readFileSync(join(this.getAppPath(), 'package.json'), 'utf8')) as {
      name?: string
      productName?: string
      version?: string
    }
    this.name = description.productName ?? description.name ?? this.name
    this.#version = description.version ?? this.#version
  }

  getName(): string {
    return this.name
  }

  setName(name: string): void {
    this.name = name
  }

  getVersion(): string {
    return this.#version
  }

  getAppPath(): string {
    return runtimeOptions().appPath
  }

  getPath(name: Parameters<Electron.App['getPath']>[0]): string {
    const path = this.#paths.get(name) ?? this.#defaultPath(name)
    if (path === null) throw new Error(`app.getPath('${name}') is not implemented by the Chromium runtime`)
    return path
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path)
  }

  getLocale(): string {
    return Intl.DateTimeFormat().resolvedOptions().locale
  }

  getPreferredSystemLanguages(): string[] {
    return [this.getLocale()]
  }

  isReady(): boolean {
    return this.#isReady
  }

  whenReady(): Promise<void> {
    this.#ready ??= new Promise((resolve) => {
      setImmediate(() => {
        this.#isReady = true
        mkdirSync(this.getPath('userData'), { recursive: true })
        this.emit('ready', {}, {})
        resolve()
      })
    })
    return this.#ready
  }

  quit(): void {
    if (this.#exiting || !this.#emitPreventable('before-quit')) return
    this.#quitRequested = true
    this.closeAllWindows()
    if (this.#emitPreventable('will-quit')) this.exit(0)
  }

  exit(exitCode = 0): void {
    if (this.#exiting) return
    this.#exiting = true
    this.emit('quit', {}, exitCode)
    this.releaseSingleInstanceLock()
    for (const stop of this.#stopServices) stop()
    void closeBrowser().finally(() => process.exit(exitCode))
  }

  /** Runs when the process ends, in place of what the operating system does for Electron's helper processes. */
  onExit(stop: () => void): void {
    this.#stopServices.push(stop)
  }

  getAppMetrics(): Electron.ProcessMetric[] {
    return this.#metrics.read()
  }

  /** Counts a utility process among the app's own; the answer ends that. */
  countUtility(pid: number): () => void {
    this.#utilityPids.add(pid)
    return () => this.#utilityPids.delete(pid)
  }

  handleAllWindowsClosed(): void {
    if (this.#quitRequested || this.#exiting) return
    if (this.listenerCount('window-all-closed') === 0) this.quit()
    else this.emit('window-all-closed')
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    return this.#singleInstance.request(this.getPath('userData'), additionalData, (second) => {
      this.emit('second-instance', {}, second.argv, second.workingDirectory, second.additionalData)
    })
  }

  hasSingleInstanceLock(): boolean {
    return this.#singleInstance.held
  }

  releaseSingleInstanceLock(): void {
    this.#singleInstance.release()
  }

  /** Pages of Chromium have no Node in any case. */
  enableSandbox(): void {}

  setAppUserModelId(): void {}

  focus(): void {}

  /** False when a listener prevented it. */
  #emitPreventable(name: string): boolean {
    let prevented = false
    this.emit(name, {
      preventDefault: () => {
        prevented = true
      },
    })
    return !prevented
  }

  #defaultPath(name: string): string | null {
    if (name === 'home') return homedir()
    if (name === 'temp') return tmpdir()
    if (name === 'exe') return process.execPath
    if (name === 'appData') return appDataFolder()
    if (name === 'userData') return join(this.getPath('appData'), this.name)
    if (name === 'sessionData') return this.getPath('userData')
    if (name === 'logs') return join(this.getPath('userData'), 'logs')
    if (name === 'videos') return join(homedir(), 'Videos')
    if (name === 'downloads') return join(homedir(), 'Downloads')
    return null
  }
}

function appDataFolder(): string {
  if (process.platform === 'win32') return process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support')
  return process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config')
}

/** The one app of this process. */
export const app = new RuntimeApp()
