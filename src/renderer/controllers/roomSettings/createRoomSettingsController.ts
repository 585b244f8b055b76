import { createStore } from 'zustand/vanilla'
import { ok, type Result } from '../../../shared/result.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { RoomSettingsPort } from '../../core/ports/roomSettings.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import type { ReadableStore, RoomSettingsController, RoomSettingsSnapshot } from '../contracts.ts'

/** Changes the room that we are in, one thing at a time; what comes of it is told to everybody inside, ourselves included. */
export function createRoomSettingsController(deps: {
  readonly port: RoomSettingsPort
  readonly call: { readonly store: ReadableStore<CallSnapshot> }
}): RoomSettingsController {
  const { port, call } = deps
  const store = createStore<RoomSettingsSnapshot>(() => ({ isBusy: false, failure: null }))

  async function act(ask: (roomId: string) => Promise<Result<void, RoomsFailure>>): Promise<boolean> {
    const snapshot = call.store.getState()
    if (snapshot.kind !== 'live' || store.getState().isBusy) return false
    store.setState({ isBusy: true, failure: null })
    const answer = await ask(snapshot.room.id)
    store.setState({ isBusy: false, failure: answer.ok ? null : answer.error })
    return answer.ok
  }

  return {
    store,
    save: ({ update, isLocked }) =>
      act(async (roomId) => {
        const updated = update === null ? ok(undefined) : await port.update(roomId, update)
        return !updated.ok || isLocked === null ? updated : await port.setLocked(roomId, isLocked)
      }),
    close: () => act((roomId) => port.close(roomId)),
    forgetFailure: () => store.setState({ failure: null }),
  }
}
