import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { z } from 'zod'

const connectionSchema = z.object({
  url: z.url(),
  publishableKey: z.string(),
  secretKey: z.string(),
  databaseUrl: z.string(),
  livekitUrl: z.string().nullable(),
})

/** The backend as a program, for tests that kill it. */
export type BackendProcess = {
  readonly pid: number
  /** What it printed when it was ready; rejects when it ends before. */
  readonly ready: Promise<z.infer<typeof connectionSchema>>
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  readonly kill: (signal: NodeJS.Signals) => void
  /** Everything on its standard error until now. */
  readonly log: () => string
  /** Resolves when the log contains the text. */
  readonly logged: (text: string) => Promise<void>
}

const cli = join(import.meta.dirname, '..', 'cli.ts')

async function readConnection(
  child: ChildProcess,
  log: () => string,
): Promise<z.infer<typeof connectionSchema>> {
  if (child.stdout === null) throw new Error('its output is not piped')
  for await (const line of createInterface({ input: child.stdout }))
    return connectionSchema.parse(JSON.parse(line))
  throw new Error(`the backend ended before it was ready: ${log()}`)
}

/** Runs `node src/backend/cli.ts` with these arguments. */
export function spawnBackend(args: readonly string[], environment: NodeJS.ProcessEnv = {}): BackendProcess {
  const child = spawn(process.execPath, [cli, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Whether a media server was built on this machine is not to decide how a test goes.
    env: { ...process.env, STUDYHALL_LIVEKIT_SERVER: 'off', ...environment },
  })
  let log = ''
  const listeners = new Set<() => void>()
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text
    for (const listener of listeners) listener()
  })
  const exited = once(child, 'exit').then(([code, signal]) => ({
    code: z.number().nullable().parse(code),
    signal: signal === null ? null : z.custom<NodeJS.Signals>().parse(signal),
  }))
  const ready = readConnection(child, () => log)
  // Some tests only look at how it exits.
  ready.catch(() => {})
  return {
    pid: child.pid ?? 0,
    ready,
    exited,
    kill: (signal) => void child.kill(signal),
    log: () => log,
    logged: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!log.includes(text)) return
          listeners.delete(look)
          resolve()
        }
        listeners.add(look)
        look()
      }),
  }
}
