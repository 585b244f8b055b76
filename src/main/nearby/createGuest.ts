import type { BackendConnection } from '../../shared/ipc/contract.ts'
import { type HostCode } from '../../shared/nearby/hostCode.ts'
import { readPastedCode } from '../../shared/nearby/readPastedCode.ts'
import { NEARBY_MEDIA_PATH } from '../../shared/nearby/nearbyProtocol.ts'
import type { GuestState, JoinOutcome } from '../../shared/nearby/nearbyState.ts'
import type { Result } from '../../shared/result.ts'
import type { MainLog } from '../log/mainLog.ts'
import type { DialFailure, HostPlace } from './dialHost.ts'
import type { HostNews, ListenFailure } from './listenToHost.ts'
import type { Tunnel } from './openTunnel.ts'

/** Being the guest of somebody nearby. */
export interface Guest {
  readonly state: () => GuestState
  readonly join: (text: string) => Promise<JoinOutcome>
  /** Home again, on one's own wish. */
  readonly leave: () => void
  readonly dismiss: () => void
}

export interface GuestDependencies {
  readonly findHost: (places: readonly HostPlace[]) => Promise<Result<HostPlace, DialFailure>>
  readonly listenToHost: (
    place: HostPlace,
    key: string,
    onEnd: (end: 'stopped' | 'lost') => void,
    onAddresses: (addresses: readonly string[]) => void,
  ) => Promise<Result<HostNews, ListenFailure>>
  readonly openTunnel: (place: () => HostPlace) => Promise<Tunnel>
  /** Turns to a backend for the time of the visit; null: home. */
  readonly visit: (host: Extract<BackendConnection, { kind: 'ready' }> | null) => void
  readonly nowMs: () => number
  readonly setTimer: (callback: () => void, delayMs: number) => () => void
  readonly onChanged: () => void
  readonly log: MainLog
}

/** A host that is lost is tried again after this long each time. */
const RETRY_DELAY_MS = 2_000
/** And given up after this long. A call between guests goes on meanwhile; their places are free after a minute of silence. */
const GIVE_UP_AFTER_MS = 120_000

interface Visit {
  readonly code: HostCode
  readonly hostName: string
  readonly tunnel: Tunnel
  place: HostPlace
  /** Where the host has last said to be, beside those of the code; none before it has. */
  addresses: readonly string[]
  news: HostNews | null
  /** Since when it does not answer; null: it does. */
  lostSinceMs: number | null
  cancelRetry: () => void
}

/** One visit at a time; a new one ends the one before. */
export function createGuest(deps: GuestDependencies): Guest {
  let visit: Visit | null = null
  let ended: Extract<GuestState, { kind: 'none' }>['ended'] = null
  /** Tries of joining that were overtaken by a later wish come to nothing. */
  let wish = 0

  const end = (reason: 'left' | NonNullable<typeof ended>['reason']): void => {
    if (visit === null) return
    const over = visit
    visit = null
    over.cancelRetry()
    over.news?.close()
    ended = reason === 'left' ? null : { hostName: over.hostName, reason }
    deps.log.info(`nearby: the visit is over (${reason})`)
    deps.visit(null)
    over.tunnel.close()
    deps.onChanged()
  }

  const handleEnd = (of: Visit, how: 'stopped' | 'lost'): void => {
    if (visit !== of) return
    if (how === 'stopped') return end('stopped')
    of.news = null
    of.lostSinceMs = deps.nowMs()
    deps.onChanged()
    retryLater(of)
  }

  /** While it is on no network it says nothing; what it said before is tried. */
  const handleAddresses = (of: Visit, addresses: readonly string[]): void => {
    if (addresses.length > 0) of.addresses = addresses
  }

  const retryLater = (of: Visit): void => {
    of.cancelRetry = deps.setTimer(() => void retry(of), RETRY_DELAY_MS)
  }

  const retry = async (of: Visit): Promise<void> => {
    const found = await deps.findHost(placesOf(of.code, of.addresses))
    const news = found.ok
      ? await deps.listenToHost(
          found.value,
          of.code.key,
          (how) => handleEnd(of, how),
          (addresses) => handleAddresses(of, addresses),
        )
      : found
    if (visit !== of) {
      if (news.ok) news.value.close()
      return undefined
    }
    if (news.ok && found.ok) {
      of.news = news.value
      of.place = found.value
      of.lostSinceMs = null
      return deps.onChanged()
    }
    // It hosts anew, with another key: this visit is not meant any more.
    if (!news.ok && news.error === 'refused') return end('changed')
    if (deps.nowMs() - (of.lostSinceMs ?? 0) > GIVE_UP_AFTER_MS) return end('lost')
    return retryLater(of)
  }

  const join = async (text: string): Promise<JoinOutcome> => {
    const code = readPastedCode(text)
    if (code === null) return 'bad_code'
    wish += 1
    const mine = wish
    const found = await deps.findHost(placesOf(code, []))
    if (!found.ok) return found.error
    let coming: Visit | null = null
    /** It ended again before the visit had begun. */
    let early = null as 'stopped' | 'lost' | null
    let addresses: readonly string[] = []
    const news = await deps.listenToHost(
      found.value,
      code.key,
      (how) => {
        if (coming === null) early = how
        else handleEnd(coming, how)
      },
      (told) => {
        if (coming === null) addresses = told
        else handleAddresses(coming, told)
      },
    )
    if (!news.ok) return news.error
    const next: Visit = {
      code,
      hostName: news.value.hostName,
      // The host may move to another of its addresses.
      tunnel: await deps.openTunnel(() => next.place),
      place: found.value,
      addresses,
      news: news.value,
      lostSinceMs: null,
      cancelRetry: () => undefined,
    }
    if (mine !== wish) {
      next.news?.close()
      next.tunnel.close()
      return 'unreachable'
    }
    end('left')
    coming = next
    visit = next
    ended = null
    deps.log.info('nearby: a guest now')
    deps.visit(connectionOf(next))
    deps.onChanged()
    if (early !== null) handleEnd(next, early)
    return 'joined'
  }

  return {
    state: () =>
      visit === null
        ? { kind: 'none', ended }
        : { kind: 'joined', hostName: visit.hostName, isReachable: visit.lostSinceMs === null },
    join,
    leave: () => {
      wish += 1
      end('left')
    },
    dismiss: () => {
      if (ended === null) return
      ended = null
      deps.onChanged()
    },
  }
}

/** Where to look: at what the host has said last, and at what its code says, to which it may have come back. */
function placesOf({ addresses, port, fingerprint }: HostCode, told: readonly string[]): readonly HostPlace[] {
  return [...new Set([...told, ...addresses])].map((address) => ({ address, port, fingerprint }))
}

function connectionOf({ code, hostName, tunnel }: Visit): Extract<BackendConnection, { kind: 'ready' }> {
  const place = `127.0.0.1:${tunnel.port}`
  return {
    kind: 'ready',
    mode: 'nearby',
    url: `http://${place}`,
    publishableKey: code.key,
    livekitUrl: `ws://${place}${NEARBY_MEDIA_PATH}/${code.key}`,
    host: { id: code.fingerprint, name: hostName },
  }
}
