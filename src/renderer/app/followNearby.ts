import type { ActiveCallStore } from '../stores/activeCallStore.ts'
import type { NearbyStore } from '../stores/nearbyStore.ts'
import type { RoomTarget } from '../stores/navigationStore.ts'
import type { Session } from './createSession.ts'
import type { SessionHolder } from './createSessionHolder.ts'

/** Leads a guest into the room of the host's code, as soon as the host's backend knows who they are. */
export function followNearby(deps: {
  readonly nearby: NearbyStore
  readonly sessions: SessionHolder<Session>
  readonly activeCall: ActiveCallStore
  readonly enterRoom: (target: RoomTarget) => Promise<void>
  readonly roomName: () => string
}): void {
  const { nearby, sessions } = deps
  let unwatch: () => void = () => undefined
  const look = (session: Session): void => {
    if (session.account.store.getState().kind !== 'signedIn') return
    const roomId = nearby.takeRoom()
    // Whoever comes by a room's code may be asked for a password; it is told there.
    if (roomId !== null) void deps.enterRoom({ roomId, name: deps.roomName(), hasPassword: true })
  }
  sessions.store.subscribe(({ session }) => {
    unwatch()
    if (session === null) return
    unwatch = session.account.store.subscribe(() => look(session))
    look(session)
  })
}
