import type { OrderedRoom } from '../orderedRoom.ts'

/** How long a page of public rooms is kept. Changes in between reach the lobby over Realtime. */
export const PAGE_LIFE_MS = 5_000

/** A page of public rooms, the same for everybody. SECURITY: never with a private room. */
export interface RoomPage {
  readonly rooms: readonly OrderedRoom[]
  /** How long the database took for it, in milliseconds. */
  readonly tookMs: number
}

/** A page that is kept, and for how much longer, in milliseconds. */
export type KeptPage = RoomPage & { readonly remainingMs: number }

/** What there is under a key. */
export interface PageLookup {
  readonly page: KeptPage | null
  /** Keeps a page for `PAGE_LIFE_MS`; without effect if everything was forgotten since the look. */
  readonly keep: (page: RoomPage) => Promise<void>
}

/**
 * Where pages of the room list are kept: in memory, or in a Redis that all instances share. Every promise of a shared one
 * may reject, or come late; `createGuardedPageStore` sees to that.
 */
export interface PageStore {
  readonly look: (key: string) => Promise<PageLookup>
  /** Forgets everything: whoever looks afterwards, in any instance that shares the store, finds nothing older. */
  readonly forget: () => Promise<void>
}

/** A store on the network. */
export interface SharedPageStore extends PageStore {
  /** Lets go of its connection, as it may be broken; the next use makes a new one. */
  readonly disconnect: () => void
}
