import { createStore } from 'zustand/vanilla'
import type { ArrivedLink } from '../../shared/ipc/contract.ts'
import type { RoomsFailure } from '../core/ports/rooms.ts'
import type { ReadableStore } from '../controllers/contracts.ts'

/** What was asked for from outside the window, and waits for the person's answer inside it. */
export type AppRequest =
  | { readonly kind: 'link'; readonly link: ArrivedLink }
  | { readonly kind: 'newRoom' }
  | { readonly kind: 'hostNearby' }
  /** The code of a link, or null where the person gives one. */
  | { readonly kind: 'joinNearby'; readonly code: string | null }
  /** A recurring room that was chosen could not be opened. */
  | { readonly kind: 'notOpened'; readonly roomName: string; readonly failure: RoomsFailure }
  | { readonly kind: 'none' }

export interface RequestStore {
  readonly store: ReadableStore<AppRequest>
  /** Takes the place of what was asked before. */
  ask(request: AppRequest): void
  /** It was answered. */
  readonly settle: () => void
}

export function createRequestStore(): RequestStore {
  const store = createStore<AppRequest>(() => ({ kind: 'none' }))
  return {
    store,
    ask: (request) => store.setState(request, true),
    settle: () => store.setState({ kind: 'none' }, true),
  }
}
