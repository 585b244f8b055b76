import { type ChildProcess, fork as forkChild } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { fileURLToPath } from 'node:url'
import { app } from './app.ts'

type UtilityProcessMembers = Pick<
  Electron.UtilityProcess,
  'pid' | 'kill' | 'postMessage' | 'stdout' | 'stderr'
>

class RuntimeUtilityProcess extends EventEmitter implements UtilityProcessMembers {
  readonly #child: ChildProcess

  constructor(modulePath: string, args: readonly string[], options: Electron.ForkOptions) {
    super()
    const stdio = options.stdio === 'pipe' || options.stdio === 'ignore' ? options.stdio : 'inherit'
    this.#child = forkChild(modulePath, args, {
      env: { ...process.env, ...options.env },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      execPath: process.execPath,
      execArgv: [
        '--import',
        new URL('utilityProcessChild.ts', import.meta.url).href,
        ...(options.execArgv ?? []),
      ],
      serialization: 'advanced',
      stdio: ['ignore', stdio, stdio, 'ipc'],
    })
    this.#child.on('spawn', () => this.emit('spawn'))
    this.#child.on('message', (message) => this.emit('message', message))
    this.#child.on('error', (error) => this.emit('error', 'FatalError', modulePath, error.message))
    const { pid } = this.#child
    const uncount = pid === undefined ? null : app.countUtility(pid)
    this.#child.on('exit', (code) => {
      uncount?.()
      this.emit('exit', code ?? 1)
    })
    app.onExit(() => this.kill())
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null ? this.#child.pid : undefined
  }

  get stdout(): NodeJS.ReadableStream | null {
    return this.#child.stdout
  }

  get stderr(): NodeJS.ReadableStream | null {
    return this.#child.stderr
  }

  kill(): boolean {
    return this.#child.kill()
  }

  postMessage(message: unknown, transfer?: readonly unknown[]): void {
    if (transfer !== undefined && transfer.length > 0) {
      throw new Error('utilityProcess.postMessage with ports is not implemented by the Chromium runtime')
    }
    if (this.#child.connected) this.#child.send(message as object)
  }
}

/** Electron's `utilityProcess`, over a Node child process. */
export const utilityProcess = {
  fork: (modulePath: string, args: readonly string[] = [], options: Electron.ForkOptions = {}) =>
    new RuntimeUtilityProcess(
      modulePath.startsWith('file:') ? fileURLToPath(modulePath) : modulePath,
      args,
      options,
    ),
}
