import { createStore } from 'zustand/vanilla'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { AdmissionPort } from '../../core/ports/admission.ts'
import type { RoomNewsSource } from '../../core/ports/roomNews.ts'
import type { DoorController, DoorSnapshot, PeopleSnapshot, ReadableStore } from '../contracts.ts'

const nobody: DoorSnapshot = { waiting: [], isBusy: false, failure: null }

/** Who stands at the door of the room that we are in. Read whenever the channel is joined, and told from then on. */
export function createDoorController(deps: {
  readonly port: AdmissionPort
  readonly call: { readonly store: ReadableStore<CallSnapshot> } & RoomNewsSource
  /** People whom one has blocked are others' to let in. */
  readonly people: ReadableStore<PeopleSnapshot>
}): DoorController & { dispose(): void } {
  const { port, call } = deps
  const store = createStore<DoorSnapshot>(() => nobody)
  let admissions: DoorSnapshot['waiting'] = []
  /** Counts what was told, as an answer does not say of when it is. */
  let told = 0

  function show(waiting: DoorSnapshot['waiting']): void {
    const { blockedIds } = deps.people.getState()
    admissions = waiting
    store.setState({ waiting: waiting.filter(({ userId }) => !blockedIds.includes(userId)) })
  }

  const isInRoom = (roomId: string): boolean => {
    const snapshot = call.store.getState()
    return snapshot.kind === 'live' && snapshot.room.id === roomId
  }

  async function read(roomId: string): Promise<void> {
    const before = told
    const answer = await port.list(roomId)
    // What was told while we asked is newer.
    if (answer.ok && isInRoom(roomId) && told === before) show(answer.value)
  }

  const unsubscribe = [
    call.store.subscribe((snapshot, before) => {
      if (snapshot.kind !== 'live') {
        admissions = []
        if (before.kind === 'live') store.setState(nobody)
        return
      }
      const hadJoined = before.kind === 'live' && before.signaling === 'joined'
      const hasDoor = snapshot.room.privacy === 'private' && snapshot.room.settings.waitingRoom === true
      if (!hasDoor) {
        if (admissions.length > 0) show([])
      } else if (snapshot.signaling === 'joined' && !hadJoined) void read(snapshot.room.id)
    }),
    call.subscribeToNews((news) => {
      if (news.kind !== 'admissionsChanged') return
      told += 1
      show(news.admissions)
    }),
    // Who is blocked may be known only after who waits.
    deps.people.subscribe(({ blockedIds }, before) => {
      if (blockedIds !== before.blockedIds) show(admissions)
    }),
  ]

  return {
    store,
    async decide(userId, isAdmitted) {
      const snapshot = call.store.getState()
      if (snapshot.kind !== 'live' || store.getState().isBusy) return
      const roomId = snapshot.room.id
      store.setState({ isBusy: true, failure: null })
      const answer = await port.decide(roomId, userId, isAdmitted)
      if (!isInRoom(roomId)) return
      // Somebody else was quicker, or they have gone: then there is nothing left to decide.
      const isDecided = answer.ok || answer.error.kind === 'not_found'
      store.setState({ isBusy: false, failure: isDecided ? null : answer.error })
      if (isDecided) show(admissions.filter((person) => person.userId !== userId))
    },
    dispose() {
      for (const end of unsubscribe) end()
    },
  }
}
