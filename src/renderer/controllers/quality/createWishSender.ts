import type { Clock } from '../../core/ports/clock.ts'
import type { Subscription } from '../../core/quality/qualityPlan.ts'
import { VIDEO_WISHES_MAX_COUNT, type VideoWishesMessage } from '../../../shared/realtime/roomEvents.ts'

/** Wishes for pictures between the people of a room, over its channel: they may get lost, and nobody answers. */
export interface VideoWishExchange {
  sendVideoWishes(wishes: VideoWishesMessage['wishes']): void
  subscribeToVideoWishes(listener: (message: VideoWishesMessage) => void): () => void
}

/** A picture that is to come back is waited for. One that goes, or changes its size, may do so in a moment; windows are dragged. */
const CALM_DELAY_MS = 250
const LEAST_INTERVAL_MS = 80
/** What got lost is made good by saying everything again. */
const REPEAT_INTERVAL_MS = 10_000

/** What is wanted of somebody: of their picture, and whether a screen that they share is looked at. */
export type Wish = Subscription & { readonly isScreenSeen: boolean }

/** Tells others what is wanted of their pictures. */
export interface WishSender {
  /** What is wanted from now on, of everybody who sends directly. */
  want(wishes: readonly Wish[]): void
  /** Somebody may not have heard the last word. */
  repeat(): void
  stop(): void
}

type Wishes = ReadonlyMap<string, Omit<Wish, 'connectionId'>>

/** Says what is wanted as soon as a picture is waited for, everything else after a moment, and all of it now and then. */
export function createWishSender(deps: {
  readonly clock: Clock
  readonly send: VideoWishExchange['sendVideoWishes']
}): WishSender {
  const { clock } = deps
  let wanted: Wishes = new Map()
  let said: Wishes = new Map()
  let saidAtMs = Number.NEGATIVE_INFINITY
  let due: { readonly atMs: number; readonly cancel: () => void } | null = null

  function say(): void {
    due?.cancel()
    due = null
    said = wanted
    saidAtMs = clock.now()
    const wishes = [...wanted].map(([to, { picture, isScreenSeen }]) => ({ to, picture, isScreenSeen }))
    for (let start = 0; start < wishes.length; start += VIDEO_WISHES_MAX_COUNT) {
      deps.send(wishes.slice(start, start + VIDEO_WISHES_MAX_COUNT))
    }
    if (wanted.size > 0) sayIn(REPEAT_INTERVAL_MS)
  }

  /** In this time at the latest. */
  function sayIn(delayMs: number): void {
    const earliestMs = saidAtMs + LEAST_INTERVAL_MS - clock.now()
    const waitMs = Math.max(delayMs, earliestMs)
    if (waitMs <= 0) return say()
    const atMs = clock.now() + waitMs
    if (due !== null && due.atMs <= atMs) return
    due?.cancel()
    due = { atMs, cancel: clock.schedule(waitMs, say) }
  }

  return {
    want(wishes) {
      wanted = new Map(wishes.map(({ connectionId, ...wish }) => [connectionId, wish]))
      const changed = [...wanted].filter(([to, wish]) => !isSame(wish, said.get(to)))
      if (changed.length === 0) return
      const isWaitedFor = changed.some(([to, wish]) => isPictureWaitedFor(wish, said.get(to)))
      sayIn(isWaitedFor ? 0 : CALM_DELAY_MS)
    },
    repeat() {
      if (wanted.size > 0) sayIn(0)
    },
    stop() {
      due?.cancel()
      due = null
      wanted = new Map()
      said = new Map()
    },
  }
}

type SaidWish = Omit<Wish, 'connectionId'> | undefined

function isPictureWaitedFor(wish: NonNullable<SaidWish>, said: SaidWish): boolean {
  const isFaceBack = wish.picture !== null && (said?.picture ?? null) === null
  return isFaceBack || (wish.isScreenSeen && said?.isScreenSeen === false)
}

function isSame(a: NonNullable<SaidWish>, b: SaidWish): boolean {
  if (b === undefined || a.isScreenSeen !== b.isScreenSeen) return false
  if (a.picture === null || b.picture === null) return a.picture === b.picture
  return a.picture.shortSide === b.picture.shortSide && a.picture.framerate === b.picture.framerate
}
