import type { BackendCommand, BackendMessage, ClientConnection } from '../shared/backend/messages.ts'
import { describeDataFolder } from './folder/dataFolder.ts'
import { createStderrLog } from './log/log.ts'
import { returnStartUpMemory } from './memory/returnStartUpMemory.ts'
import type { Hosting } from './nearby/createHosting.ts'
import { startBackend, type BackendConnection, type RunningBackend } from './startBackend.ts'

/** What this file uses of Electron's `process.parentPort`, of which there are no types outside Electron. */
type ParentPort = {
  postMessage: (message: BackendMessage) => void
  on: ((event: 'message', listener: (event: { readonly data: unknown }) => void) => void) &
    ((event: 'close', listener: () => void) => void)
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value
}

function parentPort(): ParentPort {
  const port: unknown = Reflect.get(process, 'parentPort')
  if (!isParentPort(port)) throw new Error('this file runs in an Electron utility process only; use cli.ts')
  return port
}

/** SECURITY: the app's process gets what a client may have, neither the secret key nor the database's address. */
function forClient({ url, publishableKey, livekitUrl }: BackendConnection): ClientConnection {
  return { url, publishableKey, livekitUrl }
}

const commandKinds: ReadonlySet<unknown> = new Set<BackendCommand['kind']>(['stop', 'host', 'stopHosting'])

/** The app's own process is believed what it says beyond the kind. */
const isCommand = (data: unknown): data is BackendCommand =>
  typeof data === 'object' && data !== null && 'kind' in data && commandKinds.has(data.kind)

/** Hosting for people nearby, whose code is loaded when somebody first asks for it. */
function hostOnDemand(running: RunningBackend, dataDir: string, port: ParentPort) {
  let hosting: Promise<Hosting> | null = null
  const load = async (): Promise<Hosting> => {
    const { createHosting } = await import('./nearby/createHosting.ts')
    return createHosting({
      backend: running,
      certificateFile: describeDataFolder(dataDir).nearbyCertificate,
      log: createStderrLog(),
      tell: (report) => port.postMessage({ kind: 'hosting', report }),
    })
  }
  return {
    handle: async (command: BackendCommand): Promise<void> => {
      if (command.kind === 'host') await (await (hosting ??= load())).start(command.request)
      if (command.kind === 'stopHosting') await (await hosting)?.stop()
    },
    stop: async (): Promise<void> => {
      await (await hosting)?.stop()
    },
  }
}

async function serve(port: ParentPort, dataDir: string | null, onReady: () => void): Promise<void> {
  const stopAsked = new Promise<void>((resolve) => {
    port.on('message', ({ data }) => {
      if (isCommand(data) && data.kind === 'stop') resolve()
    })
    // The app is gone.
    port.on('close', resolve)
    process.on('disconnect', resolve)
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve())
  })
  if (dataDir === null) {
    const message = 'The backend was started without a data folder.'
    return port.postMessage({ kind: 'failed', failure: { kind: 'invalid-options', message } })
  }
  let running: RunningBackend | null = null
  const announce = (connection: BackendConnection): void => {
    if (running === null) return
    const { startUpMs } = running
    port.postMessage({ kind: 'ready', role: running.role(), connection: forClient(connection), startUpMs })
  }
  const backend = await startBackend({
    dataDir,
    log: createStderrLog(),
    livekit: 'auto',
    onStep: (step) => port.postMessage({ kind: 'starting', step }),
    onTakeOver: announce,
    onLost: (failure) => port.postMessage({ kind: 'failed', failure }),
  })
  if (!backend.ok) return port.postMessage({ kind: 'failed', failure: backend.error })
  running = backend.value
  announce(running.connection())
  returnStartUpMemory(createStderrLog())
  const nearby = hostOnDemand(running, dataDir, port)
  port.on('message', ({ data }) => {
    if (isCommand(data)) void nearby.handle(data)
  })
  onReady()
  await stopAsked
  // While everything still answers: guests are told that it is over.
  await nearby.stop()
  await running.stop()
  return undefined
}

/**
 * Runs the backend for the app until it is told to stop or the app is gone. `dataDir` null: nobody said where, which the app is
 * told. Never returns: it ends the process, with 1 for a bug, upon which the app starts us again.
 */
export async function runUtility(dataDir: string | null, onReady: () => void): Promise<never> {
  try {
    await serve(parentPort(), dataDir, onReady)
    process.exit(0)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  }
}
