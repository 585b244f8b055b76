import { createStore } from 'zustand/vanilla'
import type { Result } from '../../../shared/result.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { ModerationPort } from '../../core/ports/moderation.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import type { PeopleController, PeopleSnapshot, ReadableStore } from '../contracts.ts'

const calm: PeopleSnapshot = { isBusy: false, failure: null, done: null, blockedIds: [] }

/** What one can do about the people in the room; one thing at a time, each told as done or refused. */
export function createPeopleController(deps: {
  readonly port: ModerationPort
  readonly call: { readonly store: ReadableStore<CallSnapshot> }
}): PeopleController & { dispose(): void } {
  const { port, call } = deps
  const store = createStore<PeopleSnapshot>(() => calm)
  /** Counts what was blocked and unblocked here. */
  let changes = 0
  const unblocked = new Set<string>()

  async function act(
    done: PeopleSnapshot['done'],
    ask: (roomId: string) => Promise<Result<void, RoomsFailure>>,
  ): Promise<boolean> {
    const snapshot = call.store.getState()
    if (snapshot.kind !== 'live' || store.getState().isBusy) return false
    const roomId = snapshot.room.id
    store.setState({ isBusy: true, failure: null, done: null })
    const answer = await ask(roomId)
    const now = call.store.getState()
    if (now.kind !== 'live' || now.room.id !== roomId) return answer.ok
    store.setState(answer.ok ? { isBusy: false, done } : { isBusy: false, failure: answer.error })
    return answer.ok
  }

  function addBlocked(userIds: readonly string[]): void {
    store.setState(({ blockedIds }) => ({ blockedIds: [...new Set([...blockedIds, ...userIds])] }))
  }

  function removeBlocked(userId: string): void {
    store.setState(({ blockedIds }) => ({ blockedIds: blockedIds.filter((known) => known !== userId) }))
  }

  /** The database leaves their messages out of what it lists; what is said in the room comes from everybody. */
  async function readBlocked(): Promise<void> {
    const asked = changes
    const answer = await port.blockedIds()
    // What was blocked and unblocked meanwhile may not be in it yet.
    if (answer.ok && asked === changes) store.setState({ blockedIds: answer.value })
    else if (answer.ok) addBlocked(answer.value.filter((userId) => !unblocked.has(userId)))
  }

  const unsubscribe = call.store.subscribe((snapshot, before) => {
    // Whom one has blocked stays blocked, in this room and the next.
    if (snapshot.kind !== 'live') {
      store.setState(({ blockedIds }) => ({ ...calm, blockedIds }))
      // While we are let in: nobody whom we have blocked is to be seen or heard even for a moment.
      if (snapshot.kind === 'joining' && before.kind !== 'joining') void readBlocked()
      return
    }
    const hadJoined = before.kind === 'live' && before.signaling === 'joined'
    if (snapshot.signaling === 'joined' && !hadJoined) void readBlocked()
  })

  return {
    store,
    mute: async ({ userId, displayName }) =>
      void (await act({ kind: 'muted', name: displayName }, (roomId) => port.mute(roomId, userId))),
    remove: async ({ userId, displayName }) =>
      void (await act({ kind: 'removed', name: displayName }, (roomId) => port.remove(roomId, userId))),
    ban: async ({ userId, displayName }) =>
      void (await act({ kind: 'banned', name: displayName }, (roomId) => port.ban(roomId, userId))),
    transfer: async ({ userId, displayName }) =>
      void (await act({ kind: 'transferred', name: displayName }, (roomId) => port.transfer(roomId, userId))),
    setLocked: async (isLocked) => void (await act(null, (roomId) => port.setLocked(roomId, isLocked))),
    async block({ userId, displayName }) {
      const isBlocked = await act({ kind: 'blocked', name: displayName }, () => port.block(userId))
      if (!isBlocked) return
      changes += 1
      unblocked.delete(userId)
      addBlocked([userId])
    },
    async unblock({ userId, displayName }) {
      const isUnblocked = await act({ kind: 'unblocked', name: displayName }, () => port.unblock(userId))
      if (!isUnblocked) return
      changes += 1
      unblocked.add(userId)
      removeBlocked(userId)
    },
    report: ({ userId, displayName }, report) =>
      act({ kind: 'reported', name: displayName }, (roomId) => port.report(roomId, userId, report)),
    dispose: unsubscribe,
  }
}
