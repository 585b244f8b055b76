import type { CallController } from '../controllers/contracts.ts'
import type { CallSnapshot } from '../core/call/callSnapshot.ts'
import type { NavigationStore } from '../stores/navigationStore.ts'

/** Brings the person into the room once the call is live, and back to the lobby once they have left. */
export function followCall(call: CallController, navigation: NavigationStore): () => void {
  let before: CallSnapshot['kind'] = call.store.getState().kind
  return call.store.subscribe((snapshot) => {
    const place = navigation.store.getState()
    if (snapshot.kind === 'live' && before !== 'live' && place.kind === 'prejoin') {
      navigation.go({ kind: 'room', target: { ...place.target, name: snapshot.room.name } })
    }
    before = snapshot.kind
    if (snapshot.kind === 'ended' && snapshot.reason === 'left') {
      call.dismiss()
      navigation.go({ kind: 'lobby' })
    }
  })
}
