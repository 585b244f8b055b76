import { spawn, type ChildProcess } from 'node:child_process'
import { chown, rm } from 'node:fs/promises'
import { writeFileAtomically } from '../folder/writeFileAtomically.ts'
import { isAlive, pollUntil } from '../postgres/processes.ts'
import type { ServerAccount } from '../postgres/serverAccount.ts'
import { livekitConfig, type LivekitKeys, type LivekitPorts } from './livekitConfig.ts'
import { recordLivekit } from './orphan.ts'

export type LaunchOptions = {
  readonly program: string
  readonly ports: LivekitPorts
  readonly keys: LivekitKeys
  /** Where it tells who has come into a room. */
  readonly eventsUrl: string
  /** Of this machine, at which guests of the local network send and receive media; none: nobody but this machine does. */
  readonly addresses?: readonly string[]
  readonly configFile: string
  readonly pidFile: string
  /** As whom it runs; `null` for "as ourselves". */
  readonly account: ServerAccount | null
}

/** A server that was started, and may not answer yet. */
export type LivekitProcess = {
  readonly pid: number | null
  readonly hasEnded: () => boolean
  readonly ended: Promise<void>
  /** The end of what it printed. */
  readonly lastWords: () => string
  /** Resolves when the process is gone. */
  readonly stop: () => Promise<void>
  readonly kill: () => void
}

/** Enough for the first one to be heard: whoever is in a call waits, and comes back when the next server answers. */
const politeMs = 100
const forcedMs = 1_000
const killedMs = 2_000
const keptCharacters = 2_000

/** LiveKit waits for those in a call at the first SIGTERM, and for nobody at the second. */
async function stopChild(child: ChildProcess, hasEnded: () => boolean): Promise<void> {
  for (const [signal, waitMs] of [
    ['SIGTERM', politeMs],
    ['SIGTERM', forcedMs],
    ['SIGKILL', killedMs],
  ] as const) {
    if (hasEnded()) return
    child.kill(signal)
    if (await pollUntil(hasEnded, waitMs)) return
  }
}

/** Writes the configuration and starts the server. Rejects when the configuration cannot be written. */
export async function launchLivekit(options: LaunchOptions): Promise<LivekitProcess> {
  const { program, configFile, pidFile, account } = options
  // SECURITY: holds the secret that tokens are signed with.
  const config = livekitConfig(options.ports, options.keys, options.eventsUrl, options.addresses)
  await writeFileAtomically(configFile, config, 0o600)
  if (account !== null) await chown(configFile, account.uid, account.gid)
  const child = spawn(program, ['--config', configFile], {
    // A session of its own: Ctrl-C in a terminal reaches only us, and we stop it in order.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    // SECURITY: it needs none of our settings.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], SystemRoot: process.env['SystemRoot'] },
    ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
  })
  if (child.pid !== undefined) recordLivekit(pidFile, { pid: child.pid, program, config: configFile })
  let words = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-keptCharacters)))
  let isOver = false
  const ended = new Promise<void>((resolve) => {
    const over = (): void => {
      isOver = true
      resolve()
    }
    child.once('exit', over)
    child.once('error', (error) => {
      words += error.message
      if (child.pid === undefined || !isAlive(child.pid)) over()
    })
  })
  const hasEnded = (): boolean => isOver
  return {
    pid: child.pid ?? null,
    hasEnded,
    ended,
    lastWords: () => words.trim().split('\n').at(-1)?.slice(0, 300) ?? '',
    stop: async () => {
      await stopChild(child, hasEnded)
      if (isOver) await rm(pidFile, { force: true })
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
