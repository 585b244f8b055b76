import { networkInterfaces } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { HostingReport, HostingRequest } from '../../shared/backend/messages.ts'
import type { RunningBackend } from '../backendOptions.ts'
import type { Log } from '../log/log.ts'
import { loadCertificate } from './certificate.ts'
import { openRoomCounter } from './countRooms.ts'
import { isNearby, type LanAddress, lanAddresses } from './lanAddresses.ts'
import { describeAddresses, watchAddresses } from './watchAddresses.ts'
import { startNearbyGateway, type NearbyGateway } from './startNearbyGateway.ts'

type Dependencies = {
  readonly backend: Pick<RunningBackend, 'role' | 'connection' | 'openMedia'>
  readonly certificateFile: string
  readonly log: Log
  readonly tell: (report: HostingReport) => void
  /** The computer's addresses, read again and again while it hosts. */
  readonly addresses?: () => readonly LanAddress[]
  readonly readIntervalMs?: number
}

/** Opens the backend to the local network, and closes it again. */
export type Hosting = {
  readonly start: (request: HostingRequest) => Promise<void>
  /** Tells the guests. Can be called at any time. */
  readonly stop: () => Promise<void>
}

const COUNT_INTERVAL_MS = 5_000

type On = Extract<HostingReport, { kind: 'on' }>

/** Starts and stops in the order in which it was asked; each outcome is told. */
export function createHosting(deps: Dependencies): Hosting {
  const { backend, log, tell } = deps
  const read = deps.addresses ?? (() => lanAddresses(networkInterfaces()))
  let end: (() => Promise<void>) | null = null
  let last: Promise<void> = Promise.resolve()

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    last = last.then(work).catch((error: unknown) => {
      log.error(`nearby: ${error instanceof Error ? error.message : 'unknown error'}`)
      tell({ kind: 'off', problem: 'failed' })
    })
    return last
  }

  const start = async (request: HostingRequest): Promise<void> => {
    await end?.()
    end = null
    if (backend.role() !== 'owner') return tell({ kind: 'off', problem: 'not_owner' })
    let own = read()
    if (own.length === 0) return tell({ kind: 'off', problem: 'no_network' })
    const certificate = await loadCertificate(deps.certificateFile)
    let report: On | null = null
    const change = (part: Partial<Omit<On, 'kind'>>): void => {
      if (report === null) return
      report = { ...report, ...part }
      tell(report)
    }
    const open = (port: number) =>
      startNearbyGateway({
        addresses: own.map(({ address }) => address),
        port,
        certificate,
        key: request.key,
        hostName: request.hostName,
        backend: () => {
          const { url, publishableKey, livekitUrl } = backend.connection()
          return { url, publishableKey, mediaUrl: livekitUrl }
        },
        isNearby: (remote) => isNearby(remote, own),
        onGuests: (guests) => change({ guests }),
        nowMs: () => performance.now(),
      })
    let gateway = await open(request.port)
    if (!gateway.ok && gateway.error === 'port_in_use' && !request.isFirm) gateway = await open(0)
    if (!gateway.ok) return tell({ kind: 'off', problem: gateway.error })
    const opened = gateway.value
    const { port, addresses } = opened
    // The others are taken up with the next readings.
    own = own.filter(({ address }) => addresses.includes(address))
    log.info(`nearby: open on ${addresses.join(', ')}, port ${port}`)
    backend.openMedia(addresses)
    report = {
      kind: 'on',
      addresses,
      port,
      fingerprint: certificate.fingerprint,
      guests: 0,
      rooms: null,
      people: null,
    }
    tell(report)
    const close = keepOpen(opened, change)
    const watching = new AbortController()
    const move = async (next: readonly LanAddress[]): Promise<void> => {
      if (watching.signal.aborted) return
      const open = await opened.moveTo(next.map(({ address }) => address))
      const before = describeAddresses(own)
      own = next.filter(({ address }) => open.includes(address))
      // The system lets nobody listen yet at an address that it has only just got: it is tried again with the next readings.
      if (describeAddresses(own) === before) return
      log.info(`nearby: the network has changed; open on ${open.join(', ') || 'no address'}`)
      backend.openMedia(open)
      change({ addresses: open })
    }
    watchAddresses({
      read,
      used: () => own,
      onMove: (next) => void inTurn(() => move(next)),
      signal: watching.signal,
      ...(deps.readIntervalMs === undefined ? {} : { intervalMs: deps.readIntervalMs }),
    })
    end = () => {
      watching.abort()
      return close()
    }
    return undefined
  }

  const keepOpen = (gateway: NearbyGateway, change: (part: Partial<Omit<On, 'kind'>>) => void) => {
    const ending = new AbortController()
    const counter = openRoomCounter(backend.connection().databaseUrl)
    const count = async (): Promise<void> => {
      while (!ending.signal.aborted) {
        const counted = await counter.count()
        if (counted !== null && !ending.signal.aborted) change(counted)
        await delay(COUNT_INTERVAL_MS, undefined, { signal: ending.signal }).catch(() => {})
      }
    }
    const counting = count()
    return async (): Promise<void> => {
      ending.abort()
      await gateway.stop()
      backend.openMedia([])
      await counting
      await counter.close()
      log.info('nearby: closed')
    }
  }

  return {
    start: (request) => inTurn(() => start(request)),
    stop: () =>
      inTurn(async () => {
        if (end === null) return
        await end()
        end = null
        tell({ kind: 'off', problem: null })
      }),
  }
}
