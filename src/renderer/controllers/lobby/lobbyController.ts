import { createStore } from 'zustand/vanilla'
import type { RoomOrder, RoomPhase } from '../../../shared/domain/room.ts'
import { ROOM_PAGE_SIZE } from '../../../shared/limits.ts'
import {
  emptyLobbyList,
  everything,
  type LobbyList,
  type LobbyListEvent,
  type LobbyQuery,
  transitionLobbyList,
} from '../../core/lobby/lobbyList.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { FeedStatus, LobbyFeedPort } from '../../core/ports/lobbyFeed.ts'
import type { RoomsFailure, RoomsPort } from '../../core/ports/rooms.ts'
import type { ReadableStore } from '../contracts.ts'
import { createLobbyAside, emptyAside, type LobbyAsideSnapshot } from './createLobbyAside.ts'
import { createRoomOpener, type RoomOpener } from './createRoomOpener.ts'
import { type Page, readPages, toRequest } from './readPages.ts'

/** How reading the list goes. `failed` keeps what was read before. */
export type LobbyReading =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly failure: RoomsFailure }

/** The lobby as its screen sees it. */
export interface LobbySnapshot extends LobbyAsideSnapshot {
  readonly query: LobbyQuery
  readonly list: LobbyList
  readonly reading: LobbyReading
  /** More rooms below: null when these are all. */
  readonly more: 'idle' | 'loading' | 'failed' | null
  readonly feed: FeedStatus
  /** How far the server's clock is ahead of ours: the rooms' timers are by the server's. */
  readonly clockAheadMs: number
}

/** How the person likes the list, remembered from one time to the next. */
export type LobbyChoices = Pick<LobbyQuery, 'order' | 'privacy' | 'hasRoom'>

export interface LobbyChoicesPort {
  /** Null while it is not known yet. */
  readonly current: () => LobbyChoices | null
  readonly remember: (choices: Partial<LobbyChoices>) => void
}

/** The list of rooms, kept true by live changes while the lobby is in sight. */
export interface LobbyController {
  readonly store: ReadableStore<LobbySnapshot>
  /** The lobby is in sight: reads the list and follows it. The answer ends it; the list stays to be shown again. */
  readonly open: () => () => void
  readonly search: (text: string) => void
  /** Shows only rooms with this tag; null shows all. */
  readonly filterByTag: (tag: string | null) => void
  /** Shows only rooms that are in focus, or on a break; null shows all. Of this moment, and so not remembered. */
  readonly filterByPhase: (phase: RoomPhase | null) => void
  /** Another order, or other rooms, from now on and the next time. */
  readonly choose: (choices: Partial<LobbyChoices>) => void
  /** Shows everything again, in the order as it is. */
  readonly clearFilters: () => void
  /** The person points at one of the lists: nothing may move in any until none of them is held. */
  readonly hold: (by: object, isHeld: boolean) => void
  readonly readMore: () => void
  /** Reads anew what stands around the list, after something about it was chosen elsewhere. */
  readonly refreshAside: () => void
  readonly retry: () => void
  /** For one room to be opened. */
  readonly newRoom: () => RoomOpener
}

/** A search begins when typing pauses this long. */
const SEARCH_DELAY_MS = 200
/** The API answers a list from its cache for 5 s: news of the last moments outrank it, and it is read once more after. */
const LIST_CACHE_MS = 5_500
const RETRY_DELAYS_MS = [1_000, 2_000, 5_000, 10_000] as const

/** Where only rooms in a phase are looked for: how often it is seen which are so no longer, and every how many times which are so now. */
const PHASE_TICK_MS = 15_000
const PHASE_TICKS_A_READ = 4

type Delayed = 'search' | 'reread' | 'retry' | 'phases'
type News = { readonly atMs: number; readonly event: LobbyListEvent }

/** Builds the lobby over its ports. */
export function createLobbyController(deps: {
  readonly rooms: RoomsPort
  readonly feed: LobbyFeedPort
  readonly clock: Clock
  readonly choices: LobbyChoicesPort
  /** A new UUID each time. */
  readonly newId: () => string
}): LobbyController {
  const { clock } = deps
  const store = createStore<LobbySnapshot>(() => ({
    query: { ...everything, ...deps.choices.current() },
    list: emptyLobbyList,
    reading: { kind: 'loading' },
    more: null,
    feed: 'connecting',
    clockAheadMs: 0,
    ...emptyAside,
  }))
  const aside = createLobbyAside({ rooms: deps.rooms, clock, publish: (change) => store.setState(change) })
  let cursor: string | null = null
  let reads = 0
  let failures = 0
  /** Whether what is shown answers what is asked. */
  let isAnswered = false
  let news: readonly News[] = []
  let isOpen = false
  const pending = new Map<Delayed, () => void>()
  const holders = new Set<object>()

  const apply = (event: LobbyListEvent) =>
    store.setState({ list: transitionLobbyList(store.getState().list, event) })

  const serverNowMs = () => clock.now() + store.getState().clockAheadMs

  const later = (name: Delayed, delayMs: number, action: () => void) => {
    pending.get(name)?.()
    pending.set(name, clock.schedule(delayMs, action))
  }

  const setClock = ({ serverNow }: Page) => {
    if (serverNow !== undefined) store.setState({ clockAheadMs: Date.parse(serverNow) - clock.now() })
  }

  /** What the feed told after `sinceMs` outranks a list that may be older. */
  const applyNews = (sinceMs: number) => {
    for (const entry of news)
      if (entry.atMs >= sinceMs) apply(asOfNow(entry.event, store.getState().query, serverNowMs()))
  }

  const handleNews = (event: LobbyListEvent) => {
    const atMs = clock.now()
    news = [...news.filter((entry) => atMs - entry.atMs < 2 * LIST_CACHE_MS), { atMs, event }]
    apply(event)
    aside.handleNews(event)
  }

  const read = async (pageCount: number): Promise<void> => {
    const turn = ++reads
    const sinceMs = clock.now() - LIST_CACHE_MS
    const { query } = store.getState()
    const answer = await readPages(deps.rooms, query, pageCount)
    if (turn !== reads) return
    if (!answer.ok) {
      store.setState({ reading: { kind: 'failed', failure: answer.error } })
      const delayMs = RETRY_DELAYS_MS[Math.min(failures++, RETRY_DELAYS_MS.length - 1)] ?? 10_000
      if (isOpen) later('retry', answer.error.retryAfterMs ?? delayMs, () => void read(pageCount))
      return
    }
    failures = 0
    cursor = answer.value.nextCursor
    setClock(answer.value)
    apply(asPage(isAnswered ? 'reread' : 'first', answer.value, query.order))
    isAnswered = true
    applyNews(sinceMs)
    store.setState({ reading: { kind: 'ready' }, more: cursor === null ? null : 'idle' })
  }

  const readOn = async (from: string): Promise<void> => {
    const turn = reads
    store.setState({ more: 'loading' })
    const { query } = store.getState()
    const answer = await deps.rooms.list(toRequest(query, from))
    if (turn !== reads) return
    if (!answer.ok) {
      store.setState({ more: 'failed' })
      return
    }
    cursor = answer.value.nextCursor
    setClock(answer.value)
    apply(asPage('next', answer.value, query.order))
    store.setState({ more: cursor === null ? null : 'idle' })
  }

  const applyHold = () => {
    const isHeld = holders.size > 0
    if (store.getState().list.isHeld === isHeld) return
    apply({ kind: 'held', isHeld })
    aside.hold(isHeld)
  }

  const reread = () => {
    const shown = isAnswered ? store.getState().list.rooms.length : 0
    void read(Math.max(1, Math.ceil(shown / ROOM_PAGE_SIZE)))
  }

  /** Phases end without anybody telling. Rooms that come into the one looked for are on no page yet, and are read. */
  const followPhases = (tick = 1) => {
    pending.get('phases')?.()
    const { query } = store.getState()
    if (!isOpen || query.phase === null) return
    later('phases', PHASE_TICK_MS, () => {
      apply({ kind: 'timePassed', query, nowMs: serverNowMs() })
      if (tick % PHASE_TICKS_A_READ === 0) reread()
      followPhases(tick + 1)
    })
  }

  const ask = (query: LobbyQuery, delayMs: number) => {
    // An answer that is under way is to an older question.
    reads += 1
    isAnswered = false
    store.setState({ query })
    later('search', delayMs, () => void read(1))
    followPhases()
  }

  return {
    store,
    open() {
      isOpen = true
      const { query: before } = store.getState()
      const query = { ...before, ...deps.choices.current() }
      isAnswered &&= JSON.stringify(query) === JSON.stringify(before)
      store.setState({ query })
      void read(1)
      followPhases()
      const closeAside = aside.open()
      const close = deps.feed.open({
        handleStatus(status) {
          store.setState({ feed: status })
          if (status !== 'live') return
          reread()
          later('reread', LIST_CACHE_MS, reread)
        },
        handleRoomChanged(room) {
          handleNews({ kind: 'roomChanged', room, query: store.getState().query, nowMs: serverNowMs() })
        },
        handleRoomRemoved: (roomId) => handleNews({ kind: 'roomRemoved', roomId }),
      })
      return () => {
        isOpen = false
        close()
        closeAside()
        for (const cancel of pending.values()) cancel()
        pending.clear()
        holders.clear()
        applyHold()
      }
    },
    search: (text) => ask({ ...store.getState().query, text }, SEARCH_DELAY_MS),
    filterByTag: (tag) => ask({ ...store.getState().query, tag }, 0),
    filterByPhase: (phase) => ask({ ...store.getState().query, phase }, 0),
    choose(choices) {
      deps.choices.remember(choices)
      ask({ ...store.getState().query, ...choices }, 0)
    },
    clearFilters() {
      const all = { privacy: null, hasRoom: false }
      deps.choices.remember(all)
      ask({ ...store.getState().query, ...all, text: '', tag: null, phase: null }, 0)
    },
    hold(by, isHeld) {
      if (isHeld) holders.add(by)
      else holders.delete(by)
      applyHold()
    },
    readMore() {
      const { more } = store.getState()
      if (isAnswered && cursor !== null && more !== null && more !== 'loading') void readOn(cursor)
    },
    refreshAside: () => aside.refresh(),
    retry() {
      store.setState({ reading: { kind: 'loading' } })
      reread()
    },
    newRoom: () => createRoomOpener(deps.rooms, deps.newId),
  }
}

function asPage(
  page: 'first' | 'reread' | 'next',
  { rooms, nextCursor }: Page,
  order: RoomOrder,
): LobbyListEvent {
  return { kind: 'pageRead', page, rooms, order, hasMore: nextCursor !== null }
}

function asOfNow(event: LobbyListEvent, query: LobbyQuery, nowMs: number): LobbyListEvent {
  return event.kind === 'roomChanged' ? { ...event, query, nowMs } : event
}
