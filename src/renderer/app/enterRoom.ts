import type { ActiveCallStore } from '../stores/activeCallStore.ts'
import type { NavigationStore, RoomTarget } from '../stores/navigationStore.ts'

/** Leads to a room, out of the one that the person is in. Somebody who is in that room already stays as they are. */
export async function enterRoom(
  services: { readonly activeCall: ActiveCallStore; readonly navigation: NavigationStore },
  target: RoomTarget,
): Promise<void> {
  const { activeCall, navigation } = services
  const call = activeCall.store.getState().active?.call
  const snapshot = call?.store.getState()
  if (snapshot?.kind === 'live' && snapshot.room.id === target.roomId) return
  // Leaving ends the call's devices, too: nothing of what was on goes along.
  if (snapshot?.kind === 'live' || snapshot?.kind === 'joining') await call?.leave()
  else call?.dismiss()
  navigation.go({ kind: 'prejoin', target })
}
