import { createSocket } from 'node:dgram'
import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '../log/log.ts'
import { livekitAnswers } from './answers.ts'
import { launchLivekit, type LaunchOptions, type LivekitProcess } from './livekitProcess.ts'

export type SuperviseOptions = Omit<LaunchOptions, 'ports' | 'addresses'> & {
  /** TCP, the same for as long as we live: clients know it. */
  readonly port: number
  readonly log: Log
  /** Told when it begins and when it ceases to answer. */
  readonly onAnswers: (answers: boolean) => Promise<void>
}

const readyMs = 15_000
const lookEveryMs = 50
const probeMs = 2_000
const watchEveryMs = 10_000
/** In a row, until a server that lives but does not answer is ended. */
const silencesAllowed = 3
const shortestRestMs = 250
/** A room of five stands still meanwhile. */
const longestRestMs = 8_000
/** One that lived this long begins with the shortest rest again. */
const goodLifeMs = 60_000

/** How long to wait before start `attempt`, which counts from 1 since one lived for long. */
export function restBeforeMs(attempt: number): number {
  return attempt <= 1 ? 0 : Math.min(longestRestMs, shortestRestMs * 2 ** Math.min(attempt - 2, 20))
}

/** A UDP port of this address that was free a moment ago. */
async function findFreeUdpPort(address: string): Promise<number> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
  return await new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.bind({ address, port: 0, exclusive: true }, () => {
      const { port } = socket.address()
      socket.close(() => resolve(port))
    })
  })
}

/** Waits; returns early when stopped. */
async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal, ref: false }).catch(() => {})
}

async function untilReady(server: LivekitProcess, url: string, signal: AbortSignal): Promise<boolean> {
  const deadline = performance.now() + readyMs
  while (!signal.aborted && !server.hasEnded() && performance.now() < deadline) {
    if (await livekitAnswers(url, probeMs)) return !server.hasEnded()
    await rest(lookEveryMs, signal)
  }
  return false
}

/** Resolves when the server has ended, or has been ended because it did not answer any more, or when stopped. */
async function untilOver(server: LivekitProcess, url: string, signal: AbortSignal): Promise<void> {
  let silences = 0
  while (!signal.aborted && !server.hasEnded()) {
    await Promise.race([server.ended, rest(watchEveryMs, signal)])
    if (signal.aborted || server.hasEnded()) return
    silences = (await livekitAnswers(url, probeMs)) ? 0 : silences + 1
    if (silences < silencesAllowed) continue
    server.kill()
    await server.ended
  }
}

export type SupervisedLivekit = {
  /** Resolves when its process is gone. */
  readonly stop: () => Promise<void>
  /** Lets media in at these addresses of this machine instead; starts the server anew for it, which calls over it survive. */
  readonly reach: (addresses: readonly string[]) => void
}

/** Keeps a LiveKit server running from now on. */
export function superviseLivekit(options: SuperviseOptions): SupervisedLivekit {
  const { port, log, onAnswers } = options
  const url = `http://127.0.0.1:${port}/`
  const stopping = new AbortController()
  const { signal } = stopping
  let hasWarned = false
  let addresses: readonly string[] = []
  /** Ends the one that runs, for another to be started at once. */
  let renewing = new AbortController()

  const live = async (): Promise<'renewed' | 'long' | 'short'> => {
    renewing = new AbortController()
    const renewal = renewing.signal
    const until = AbortSignal.any([signal, renewal])
    const udp = await findFreeUdpPort(addresses[0] ?? '127.0.0.1')
    const server = await launchLivekit({ ...options, addresses, ports: { http: port, udp } })
    const bornMs = performance.now()
    try {
      if (await untilReady(server, url, until)) {
        log.info(`LiveKit answers at port ${port}, process ${server.pid ?? 0}`)
        hasWarned = false
        await onAnswers(true)
        await untilOver(server, url, until)
        await onAnswers(false)
        if (!until.aborted) log.warn('LiveKit ended unexpectedly; starting it again')
      } else if (!until.aborted && !hasWarned) {
        hasWarned = true
        log.warn(`LiveKit did not start; it is tried again (${server.lastWords() || 'it gave no reason'})`)
      }
    } finally {
      await server.stop()
    }
    if (renewal.aborted) return 'renewed'
    return performance.now() - bornMs > goodLifeMs ? 'long' : 'short'
  }

  const keepAlive = async (): Promise<void> => {
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      await rest(restBeforeMs(attempt), signal)
      if (signal.aborted) return
      try {
        const life = await live()
        if (life !== 'short') attempt = life === 'renewed' ? 0 : 1
      } catch (error) {
        if (!hasWarned)
          log.warn(`LiveKit could not be started: ${error instanceof Error ? error.message : 'unknown'}`)
        hasWarned = true
      }
    }
  }
  const living = keepAlive()
  return {
    stop: async () => {
      stopping.abort()
      await living
    },
    reach: (next) => {
      if (next.join() === addresses.join()) return
      addresses = next
      renewing.abort()
    },
  }
}
