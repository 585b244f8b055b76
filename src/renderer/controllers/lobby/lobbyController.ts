import { createStore } from 'zustand/vanilla'
import type { RoomOrder, RoomSummary } from '../../../shared/domain/room.ts'
import { ROOM_NAME_MAX_LENGTH, ROOM_PAGE_SIZE } from '../../../shared/limits.ts'
import type { Result } from '../../../shared/result.ts'
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
  /** Another order, or other rooms, from now on and the next time. */
  readonly choose: (choices: Partial<LobbyChoices>) => void
  /** Shows everything again, in the order as it is. */
  readonly clearFilters: () => void
  /** The person points at the list: nothing may move. */
  readonly hold: (isHeld: boolean) => void
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

type Delayed = 'search' | 'reread' | 'retry'
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

  const apply = (event: LobbyListEvent) =>
    store.setState({ list: transitionLobbyList(store.getState().list, event) })

  const later = (name: Delayed, delayMs: number, action: () => void) => {
    pending.get(name)?.()
    pending.set(name, clock.schedule(delayMs, action))
  }

  /** What the feed told after `sinceMs` outranks a list that may be older. */
  const applyNews = (sinceMs: number) => {
    for (const entry of news) if (entry.atMs >= sinceMs) apply(withQuery(entry.event, store.getState().query))
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
    apply(asPage('next', answer.value, query.order))
    store.setState({ more: cursor === null ? null : 'idle' })
  }

  const hold = (isHeld: boolean) => {
    apply({ kind: 'held', isHeld })
    aside.hold(isHeld)
  }

  const reread = () => {
    const shown = isAnswered ? store.getState().list.rooms.length : 0
    void read(Math.max(1, Math.ceil(shown / ROOM_PAGE_SIZE)))
  }

  const ask = (query: LobbyQuery, delayMs: number) => {
    // An answer that is under way is to an older question.
    reads += 1
    isAnswered = false
    store.setState({ query })
    later('search', delayMs, () => void read(1))
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
      const closeAside = aside.open()
      const close = deps.feed.open({
        handleStatus(status) {
          store.setState({ feed: status })
          if (status !== 'live') return
          reread()
          later('reread', LIST_CACHE_MS, reread)
        },
        handleRoomChanged: (room) => handleNews({ kind: 'roomChanged', room, query: store.getState().query }),
        handleRoomRemoved: (roomId) => handleNews({ kind: 'roomRemoved', roomId }),
      })
      return () => {
        isOpen = false
        close()
        closeAside()
        for (const cancel of pending.values()) cancel()
        pending.clear()
        hold(false)
      }
    },
    search: (text) => ask({ ...store.getState().query, text }, SEARCH_DELAY_MS),
    filterByTag: (tag) => ask({ ...store.getState().query, tag }, 0),
    choose(choices) {
      deps.choices.remember(choices)
      ask({ ...store.getState().query, ...choices }, 0)
    },
    clearFilters() {
      const all = { privacy: null, hasRoom: false }
      deps.choices.remember(all)
      ask({ ...store.getState().query, ...all, text: '', tag: null }, 0)
    },
    hold: (isHeld) => {
      if (store.getState().list.isHeld !== isHeld) hold(isHeld)
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

type Page = { readonly rooms: readonly RoomSummary[]; readonly nextCursor: string | null }

/** The first pages one after the other, so that a list scrolled far keeps its length when it is read again. */
async function readPages(
  rooms: RoomsPort,
  query: LobbyQuery,
  pageCount: number,
): Promise<Result<Page, RoomsFailure>> {
  const all: RoomSummary[] = []
  let cursor: string | null = null
  for (let page = 0; page < pageCount; page++) {
    const answer = await rooms.list(toRequest(query, cursor))
    if (!answer.ok) return answer
    all.push(...answer.value.rooms)
    cursor = answer.value.nextCursor
    if (cursor === null) break
  }
  return { ok: true, value: { rooms: all, nextCursor: cursor } }
}

function toRequest(query: LobbyQuery, cursor: string | null) {
  return {
    // An invitation's link is no search, and longer than one may be.
    q: query.text.trim().slice(0, ROOM_NAME_MAX_LENGTH),
    tags: query.tag === null ? [] : [query.tag],
    order: query.order,
    hasRoom: query.hasRoom,
    ...(query.privacy === null ? {} : { privacy: query.privacy }),
    limit: ROOM_PAGE_SIZE,
    ...(cursor === null ? {} : { cursor }),
  }
}

function asPage(
  page: 'first' | 'reread' | 'next',
  { rooms, nextCursor }: Page,
  order: RoomOrder,
): LobbyListEvent {
  return { kind: 'pageRead', page, rooms, order, hasMore: nextCursor !== null }
}

function withQuery(event: LobbyListEvent, query: LobbyQuery): LobbyListEvent {
  return event.kind === 'roomChanged' ? { ...event, query } : event
}
