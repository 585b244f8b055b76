import { createStore } from 'zustand/vanilla'
import type {
  CallController,
  LocalMediaController,
  ReadableStore,
  RecordingController,
  TimerController,
} from '../controllers/contracts.ts'

/** The call's controllers while there are any: from the page before joining until the call is over. */
export interface ActiveCall {
  readonly call: CallController
  readonly localMedia: LocalMediaController
  readonly timer: TimerController
  readonly recording: Pick<RecordingController, 'store'>
}

/** Lets what stands outside the room (the tray, a link, a notification) reach the call that goes on in it. */
export interface ActiveCallStore {
  readonly store: ReadableStore<{ readonly active: ActiveCall | null }>
  set(active: ActiveCall | null): void
}

export function createActiveCallStore(): ActiveCallStore {
  const store = createStore<{ readonly active: ActiveCall | null }>(() => ({ active: null }))
  return { store, set: (active) => store.setState({ active }) }
}
