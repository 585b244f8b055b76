import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import process from 'node:process'
import { chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import { listenOnFreePort } from '../../support/listenOnFreePort.ts'

/** `npm start` as somebody typed it. Ends with whoever holds it, also when a test has failed before its end. */
export interface NpmStart extends AsyncDisposable {
  /** Everything on the terminal so far. */
  output(): string
  /** Resolves once the terminal shows the words; rejects when npm ends before. */
  until(words: string): Promise<void>
  /** The window's page, by the debugger's port. Call it when the window is shown. */
  page(): Promise<Page>
  /** Ends npm itself with SIGTERM, as a service manager would; resolves when nothing of it is left. */
  end(): Promise<void>
  /** Ctrl+C: SIGINT to all that the terminal runs; resolves when npm has ended. */
  interrupt(): Promise<void>
}

/** Types `npm start -- SWITCHES` with a data folder of its own. Not for Windows, which has no signals to send. */
export async function startByNpm(dataFolder: string, switches: readonly string[] = []): Promise<NpmStart> {
  const probe = createServer()
  const { port } = new URL(await listenOnFreePort(probe))
  await new Promise((resolve) => probe.close(resolve))
  const npm = spawn('npm', ['start', '--silent', '--', `--remote-debugging-port=${port}`, ...switches], {
    env: {
      ...process.env,
      STUDYHALL_LANGUAGES: 'en',
      STUDYHALL_LIVEKIT_SERVER: 'off',
      STUDYHALL_DATA_DIR: dataFolder,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (chunk: string) => {
      output += chunk
    })
  }
  // The pipes close when the last process that writes to them has ended, not only npm.
  const closed = new Promise((resolve) => npm.once('close', resolve))
  const exited = new Promise((resolve) => npm.once('exit', resolve))
  // Once npm has ended, the signal finds nobody and nothing is left to wait for.
  const end = async (): Promise<void> => {
    npm.kill('SIGTERM')
    await closed
  }
  return {
    output: () => output,
    until: (words) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (output.includes(words)) resolve()
        }
        npm.stdout.on('data', look)
        npm.stderr.on('data', look)
        npm.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${output}`)))
        look()
      }),
    async page() {
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
      const page = browser.contexts()[0]?.pages()[0]
      if (page === undefined) throw new Error(`There is no window:\n${output}`)
      return page
    },
    end,
    async interrupt() {
      process.kill(-(npm.pid ?? 0), 'SIGINT')
      await exited
    },
    [Symbol.asyncDispose]: end,
  }
}
