import { createStore } from 'zustand/vanilla'
import type { Reaction } from '../../../shared/domain/reaction.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import {
  addReaction,
  emptyReactionBoard,
  mayReact,
  type ReactionBoard,
  selectNextEnd,
  tidyReactions,
} from '../../core/gestures/reactionBoard.ts'
import {
  gatherReaction,
  noReactionNews,
  type ReactionNewsState,
  selectNewsDelay,
  takeNews,
} from '../../core/gestures/reactionNews.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { GesturesPort } from '../../core/ports/gestures.ts'
import type { RoomNewsSource } from '../../core/ports/roomNews.ts'
import type { GesturesController, GesturesSnapshot, PeopleSnapshot, ReadableStore } from '../contracts.ts'

/** Sends a reaction to everybody in the room; it may get lost. */
export interface ReactionSender {
  sendReaction(reaction: Reaction): void
}

const calm: GesturesSnapshot = { shown: {}, news: null, handWish: null, failure: null, menuRequests: 0 }

/** Reactions and raised hands. Reactions live here for seconds; hands are the database's, and come with the call. */
export function createGesturesController(deps: {
  readonly port: GesturesPort
  readonly call: { readonly store: ReadableStore<CallSnapshot> } & RoomNewsSource & ReactionSender
  /** Of people who are blocked nothing is shown. */
  readonly people: ReadableStore<PeopleSnapshot>
  /** A focus phase runs: nothing is told that can wait. */
  readonly isQuiet: () => boolean
  readonly clock: Clock
}): GesturesController & { dispose(): void } {
  const { port, call, clock } = deps
  const store = createStore<GesturesSnapshot>(() => calm)
  let board: ReactionBoard = emptyReactionBoard
  let told: ReactionNewsState = noReactionNews
  let cancelEnd: (() => void) | null = null
  let cancelNews: (() => void) | null = null
  let isSendingHand = false
  /** Counts what the room has said of our hand. */
  let handNews = 0

  const live = () => {
    const snapshot = call.store.getState()
    return snapshot.kind === 'live' ? snapshot : null
  }

  function here(): ReadonlySet<string> {
    const snapshot = live()
    if (snapshot === null) return new Set()
    return new Set([snapshot.self.connectionId, ...snapshot.others.map(({ connectionId }) => connectionId)])
  }

  function show(next: ReactionBoard): void {
    if (next === board) return
    board = next
    store.setState({ shown: board.shown })
    cancelEnd?.()
    const delayMs = selectNextEnd(board, clock.now())
    cancelEnd =
      delayMs === null ? null : clock.schedule(delayMs, () => show(tidyReactions(board, here(), clock.now())))
  }

  function gather(connectionId: string, reaction: Reaction): void {
    if (deps.isQuiet()) return
    told = gatherReaction(told, { connectionId, reaction })
    if (cancelNews !== null) return
    const delayMs = selectNewsDelay(told, clock.now())
    if (delayMs === null) return
    cancelNews = clock.schedule(delayMs, () => {
      cancelNews = null
      const taken = takeNews(told, clock.now())
      told = taken.state
      // Focus may have begun meanwhile.
      if (taken.news === null || deps.isQuiet()) return
      const { reaction, connectionIds } = taken.news
      const names = (live()?.others ?? [])
        .filter((person) => connectionIds.includes(person.connectionId))
        .map((person) => person.displayName)
      store.setState({ news: { reaction, names } })
    })
  }

  function receive(connectionId: string, reaction: Reaction): void {
    const sender = live()?.others.find((person) => person.connectionId === connectionId)
    if (sender === undefined || deps.people.getState().blockedIds.includes(sender.userId)) return
    const next = addReaction(board, { connectionId, reaction }, clock.now())
    if (next === board) return
    show(next)
    gather(connectionId, reaction)
  }

  /** What the person wants last is what is sent last. */
  async function sendHand(): Promise<void> {
    if (isSendingHand) return
    isSendingHand = true
    for (let wish = store.getState().handWish; wish !== null; wish = store.getState().handWish) {
      const snapshot = live()
      if (snapshot === null) break
      const before = handNews
      const answer = await port.setHand(snapshot.room.id, wish)
      const isElsewhere = live()?.room.id !== snapshot.room.id
      if (isElsewhere || store.getState().handWish !== wish) continue
      if (!answer.ok) store.setState({ handWish: null, failure: answer.error })
      // The news may be a moment behind the answer; until it comes, the wish is what is so. Where it came before, it may have been
      // followed by others, as when the room's creator lowers a hand at once.
      else if (isHandUp() === wish || handNews !== before) store.setState({ handWish: null })
      break
    }
    isSendingHand = false
  }

  const isHandUp = () => live()?.self.handRaisedAt != null

  function reset(): void {
    cancelEnd?.()
    cancelNews?.()
    cancelEnd = null
    cancelNews = null
    board = emptyReactionBoard
    told = noReactionNews
    store.setState(calm)
  }

  const unsubscribe = [
    call.store.subscribe((snapshot, before) => {
      if (snapshot.kind !== 'live') return before.kind === 'live' ? reset() : undefined
      if (before.kind !== 'live') return undefined
      if (snapshot.others !== before.others) show(tidyReactions(board, here(), clock.now()))
      const hasMoved = snapshot.self.handRaisedAt !== before.self.handRaisedAt
      if (hasMoved) handNews += 1
      if (hasMoved && !isSendingHand) store.setState({ handWish: null })
      return undefined
    }),
    call.subscribeToNews((news) => {
      if (news.kind === 'reactionReceived') receive(news.connectionId, news.reaction)
    }),
  ]

  return {
    store,
    react(reaction) {
      const self = live()?.self
      if (self === undefined || !mayReact(board, self.connectionId, clock.now())) return
      call.sendReaction(reaction)
      show(addReaction(board, { connectionId: self.connectionId, reaction }, clock.now()))
    },
    async toggleHand() {
      if (live() === null) return
      store.setState({ handWish: !(store.getState().handWish ?? isHandUp()), failure: null })
      await sendHand()
    },
    async lowerHand(userId) {
      const snapshot = live()
      if (snapshot === null) return
      store.setState({ failure: null })
      const answer = await port.lowerHand(snapshot.room.id, userId)
      // Who has left meanwhile has no hand up.
      if (!answer.ok && answer.error.kind !== 'not_found') store.setState({ failure: answer.error })
    },
    openMenu: () => store.setState(({ menuRequests }) => ({ menuRequests: menuRequests + 1 })),
    dismissFailure: () => store.setState({ failure: null }),
    dispose() {
      for (const end of unsubscribe) end()
      reset()
    },
  }
}
