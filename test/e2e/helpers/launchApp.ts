import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type Browser, chromium, type Page } from '@playwright/test'
import { findChromium } from '../../../tools/setup/ensureChromium.mjs'
import { findElectron } from '../../../tools/setup/ensureElectron.mjs'

const projectFolder = resolve(import.meta.dirname, '..', '..', '..')

/** How a person starts the app. */
export interface LaunchOptions {
  readonly profile?: string
  /** `STUDYHALL_DATA_DIR`. Left out: a new folder, removed when the app is closed. */
  readonly dataDir?: string
  /** Further switches, as after `npm start --`. */
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Where the app runs, if not in the midst of this machine. Only on the Chromium runtime. */
  readonly place?: AppPlace
}

/** A network namespace, say. */
export interface AppPlace {
  /** The command line that runs a program there. */
  inside(command: readonly string[]): readonly string[]
  /** A port of this machine's loopback that leads to that port of the loopback there. */
  reach(port: number): Promise<number>
}

const thisMachine: AppPlace = { inside: (command) => command, reach: (port) => Promise.resolve(port) }

/** A running app with its window's page. */
export interface RunningApp {
  readonly page: Page
  readonly process: ChildProcess
  /** Everything the app has written to its terminal so far. */
  readonly output: () => string
  /** Presses a combination while another program has the focus. Only on the Chromium runtime. */
  readonly pressEverywhere: (accelerator: string) => void
  /** Quits it as Ctrl+C would and waits until it has ended. Can be called twice. */
  readonly close: () => Promise<void>
  /** Ends the app and all its processes at once, as a crash or a pulled plug would. */
  readonly kill: () => Promise<void>
}

/**
 * Starts the built app as a process of its own: on Electron's runtime where it is, otherwise on the Chromium runtime.
 * `STUDYHALL_RUNTIME=electron` or `chromium` decides instead. Rejects with the app's output when no window comes up.
 */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const ownFolder = options.dataDir === undefined ? await mkdtemp(join(tmpdir(), 'studyhall-app-')) : null
  const dataDir = options.dataDir ?? ownFolder ?? ''
  const switches = [
    ...(options.profile === undefined ? [] : ['--profile', options.profile]),
    ...(options.args ?? []),
  ]
  const environment = {
    ...inheritedEnvironment(),
    // Whether a media server was built on this machine is not to decide how many fit in a room.
    STUDYHALL_LIVEKIT_SERVER: 'off',
    // Nor is this machine's language to decide what is written on buttons.
    STUDYHALL_LANGUAGES: 'en',
    ...options.env,
    STUDYHALL_DATA_DIR: dataDir,
  }
  const app =
    options.place === undefined && (await usesElectron())
      ? await launchOnElectron(switches, environment)
      : await launchOnChromium(switches, environment, options.place ?? thisMachine)
  const cleanUp = async (): Promise<void> => {
    if (ownFolder !== null) await rm(ownFolder, { recursive: true, force: true })
  }
  return {
    ...app,
    close: async () => {
      await app.close()
      await cleanUp()
    },
    kill: async () => {
      await app.kill()
      await cleanUp()
    },
  }
}

/** Whether the app runs on Electron's own runtime here, or on the Chromium runtime. */
export async function usesElectron(): Promise<boolean> {
  const wanted = process.env['STUDYHALL_RUNTIME']
  if (wanted === 'electron' || wanted === 'chromium') return wanted === 'electron'
  return findElectron() !== null
}

/** The caller's environment without what would turn the app to another backend. */
function inheritedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !entry[0].startsWith('STUDYHALL_SUPABASE_'),
  )
  return Object.fromEntries(entries)
}

/** Starts the app once more beside one that runs, as the system does when a link is followed; resolves when that one has ended. */
export async function startAgain(options: {
  readonly profile: string
  readonly dataDir: string
  readonly args: readonly string[]
}): Promise<void> {
  const child = spawn(
    process.execPath,
    ['tools/chromium-runtime/run.ts', projectFolder, '--profile', options.profile, ...options.args],
    {
      cwd: projectFolder,
      env: {
        ...inheritedEnvironment(),
        STUDYHALL_DATA_DIR: options.dataDir,
        STUDYHALL_CHROMIUM: findChromium() ?? '',
      },
      stdio: 'ignore',
    },
  )
  await new Promise((resolve) => child.once('exit', resolve))
}

async function launchOnElectron(
  switches: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<RunningApp> {
  const sandbox = process.platform === 'linux' ? ['--no-sandbox'] : []
  const electron = await _electron.launch({ args: [projectFolder, ...sandbox, ...switches], env: { ...env } })
  const child = electron.process()
  const output = collectOutput(child)
  return {
    page: await electron.firstWindow(),
    process: child,
    output,
    pressEverywhere: () => {
      throw new Error('Keys of the system cannot be pressed by Playwright.')
    },
    close: () => electron.close(),
    kill: () => killTree(child),
  }
}

async function launchOnChromium(
  switches: readonly string[],
  env: Readonly<Record<string, string>>,
  place: AppPlace,
): Promise<RunningApp> {
  const port = await freePort()
  const executable = findChromium()
  if (executable === null) throw new Error('No Chromium was found; `npm start` says how to install one.')
  const [program = '', ...args] = place.inside([
    process.execPath,
    'tools/chromium-runtime/run.ts',
    projectFolder,
    `--remote-debugging-port=${port}`,
    ...switches,
  ])
  // The channel ends the app with the test runner, however that ends.
  const child = spawn(program, args, {
    cwd: projectFolder,
    env: { ...env, STUDYHALL_CHROMIUM: executable },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const output = collectOutput(child)
  let browser: Browser
  try {
    // Started hidden, its window never is; the lobby stands nevertheless, for somebody who has been here before.
    const isHidden = switches.includes('--hidden')
    await waitForOutput(child, output, isHidden ? 'lobby shown after' : 'window shown after')
    browser = await chromium.connectOverCDP(`http://127.0.0.1:${await place.reach(port)}`)
  } catch (error) {
    await killTree(child)
    throw error
  }
  const page = browser.contexts()[0]?.pages()[0]
  if (page === undefined) throw new Error(`The app has no window:\n${output()}`)
  return {
    page,
    process: child,
    output,
    pressEverywhere: (accelerator) => void child.send({ outside: 'globalShortcut', detail: accelerator }),
    close: async () => {
      if (!hasEnded(child)) {
        const ended = new Promise((resolve) => child.once('exit', resolve))
        child.kill('SIGTERM')
        await ended
      }
      await browser.close().catch(() => undefined)
    },
    kill: () => killTree(child),
  }
}

function collectOutput(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8')
    stream?.on('data', (chunk: string) => {
      text += chunk
    })
  }
  return () => text
}

/** Resolves when the app has written the words; rejects when it ends before. */
function waitForOutput(child: ChildProcess, output: () => string, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (output().includes(words)) resolve()
    }
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The app ended with code ${code}:\n${output()}`)))
    look()
  })
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** A port that nobody listens on right now. */
async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

/** SIGKILL for the process and all that descend from it; on Windows by taskkill, which does the same. */
async function killTree(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' })
  } else {
    for (const pid of [...(await descendants(child.pid)), child.pid]) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It has ended by itself meanwhile.
      }
    }
  }
  await ended
}

async function descendants(pid: number): Promise<readonly number[]> {
  const parents = process.platform === 'linux' ? await parentsFromProc() : await parentsFromPs()
  const found: number[] = []
  const collect = (parent: number): void => {
    for (const [childPid, parentPid] of parents) {
      if (parentPid !== parent) continue
      found.push(childPid)
      collect(childPid)
    }
  }
  collect(pid)
  return found
}

async function parentsFromProc(): Promise<ReadonlyMap<number, number>> {
  const parents = new Map<number, number>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    // `pid (name) state ppid …`; the name may hold anything, so what follows its last parenthesis is read.
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    if (Number.isInteger(parent)) parents.set(Number(name), parent)
  }
  return parents
}

async function parentsFromPs(): Promise<ReadonlyMap<number, number>> {
  const ps = spawn('ps', ['-axo', 'pid=,ppid='], { stdio: ['ignore', 'pipe', 'ignore'] })
  const output = collectOutput(ps)
  await new Promise((resolve) => ps.once('close', resolve))
  const rows = output()
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  return new Map(rows.map(([child = 0, parent = 0]) => [child, parent]))
}
