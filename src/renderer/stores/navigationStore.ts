import { createStore } from 'zustand/vanilla'
import type { ReadableStore } from '../controllers/contracts.ts'

/** A room to go to. `password` is known when the person has just set it; it never leaves memory. */
export interface RoomTarget {
  readonly roomId: string
  readonly name: string
  /** Joining asks for a password of everybody but the creator. */
  readonly hasPassword: boolean
  readonly password?: string
  /** Anybody may come, and the person has neither opened it nor been invited, as far as is known here. */
  readonly isOpenToAll?: boolean
  /** Of an invite to this room. */
  readonly inviteCode?: string
  /** Into the room at once, with the devices like this; left out: by the page before joining. */
  readonly quickJoin?: { readonly muted: boolean; readonly cameraOff: boolean }
}

/** Which screen is shown. */
export type Place =
  | { readonly kind: 'welcome' }
  | { readonly kind: 'lobby' }
  | { readonly kind: 'prejoin'; readonly target: RoomTarget }
  | { readonly kind: 'room'; readonly target: RoomTarget }

export interface NavigationStore {
  readonly store: ReadableStore<Place>
  go(place: Place): void
}

/** Where the person is in the app. */
export function createNavigationStore(): NavigationStore {
  const store = createStore<Place>(() => ({ kind: 'lobby' }))
  return { store, go: (place) => store.setState(place, true) }
}
