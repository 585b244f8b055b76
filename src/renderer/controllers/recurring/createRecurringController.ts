import { createStore } from 'zustand/vanilla'
import type {
  NewRecurringRoom,
  RecurringMember,
  RecurringRoom,
  RecurringRoomChanges,
} from '../../../shared/api/recurringRooms.ts'
import { buildRecurringInviteLink } from '../../../shared/links/parseLink.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { RecurringRoomsPort } from '../../core/ports/recurringRooms.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import type { ReadableStore } from '../contracts.ts'

/** The recurring rooms that the person belongs to. Serialisable. */
export interface RecurringSnapshot {
  readonly rooms: readonly RecurringRoom[]
  readonly reading:
    | { readonly kind: 'loading' }
    | { readonly kind: 'ready' }
    | { readonly kind: 'failed'; readonly failure: RoomsFailure }
}

/** Recurring rooms, read over and over as long as somebody is signed in: the tray shows them without the lobby. */
export interface RecurringController {
  readonly store: ReadableStore<RecurringSnapshot>
  /** Reads the list now. Resolves when it was read, or could not be. */
  refresh(): Promise<void>
  create(room: NewRecurringRoom): Promise<Result<{ readonly recurringRoomId: string }, RoomsFailure>>
  update(id: string, changes: RecurringRoomChanges): Promise<Result<void, RoomsFailure>>
  remove(id: string): Promise<Result<void, RoomsFailure>>
  leave(id: string): Promise<Result<void, RoomsFailure>>
  /** The live room, opened if there is none. */
  open(id: string): Promise<Result<{ readonly roomId: string }, RoomsFailure>>
  /** A link by which others become members. */
  invite(id: string): Promise<Result<{ readonly link: string }, RoomsFailure>>
  /** No link that was made before works any more. */
  revokeInvites(id: string): Promise<Result<void, RoomsFailure>>
  /** Its owner first, then in the order of joining. Asked for each time: it is looked at rarely. */
  members(id: string): Promise<Result<readonly RecurringMember[], RoomsFailure>>
  /** `revokesInvites`: links, too, so that they cannot come back by one; these go first, or they could in between. */
  removeMember(
    id: string,
    userId: string,
    options: { readonly revokesInvites: boolean },
  ): Promise<Result<void, RoomsFailure>>
  /** Becomes a member by an invite's code; the room is in the list then. */
  accept(inviteCode: string): Promise<Result<{ readonly recurringRoomId: string }, RoomsFailure>>
}

/** Who is in, for the tray, is at most this old. One statement in the database each. */
const REFRESH_INTERVAL_MS = 20_000
const RETRY_DELAYS_MS = [2_000, 5_000, 10_000, 30_000, 60_000] as const

const nobody: RecurringSnapshot = { rooms: [], reading: { kind: 'loading' } }

/** Builds the controller; `account` says whether anybody is signed in. */
export function createRecurringController(deps: {
  readonly port: RecurringRoomsPort
  /** What is sent to others for a `studyhall://` link. */
  readonly toInvitation: (link: string) => string
  readonly clock: Clock
  readonly account: ReadableStore<{ readonly kind: string }>
}): RecurringController & { dispose(): void } {
  const { port, clock, account } = deps
  const store = createStore<RecurringSnapshot>(() => nobody)
  let turn = 0
  let failures = 0
  let cancelNext: () => void = () => undefined

  const isSignedIn = () => account.getState().kind === 'signedIn'

  async function refresh(): Promise<void> {
    if (!isSignedIn()) return
    const mine = ++turn
    cancelNext()
    const answer = await port.list()
    if (mine !== turn) return
    if (answer.ok) {
      failures = 0
      store.setState({ rooms: answer.value, reading: { kind: 'ready' } })
    } else {
      store.setState({ reading: { kind: 'failed', failure: answer.error } })
    }
    const retryMs = RETRY_DELAYS_MS[Math.min(failures, RETRY_DELAYS_MS.length - 1)] ?? REFRESH_INTERVAL_MS
    if (!answer.ok) failures += 1
    const delayMs = answer.ok ? REFRESH_INTERVAL_MS : (answer.error.retryAfterMs ?? retryMs)
    cancelNext = clock.schedule(delayMs, () => void refresh())
  }

  function forget(): void {
    turn += 1
    cancelNext()
    store.setState(nobody, true)
  }

  /** What was changed shows in the list before the answer is given. */
  async function changing<T>(asked: Promise<Result<T, RoomsFailure>>): Promise<Result<T, RoomsFailure>> {
    const answer = await asked
    if (answer.ok) await refresh()
    return answer
  }

  const unwatch = account.subscribe(({ kind }, before) => {
    if (kind === before.kind) return
    if (kind === 'signedIn') void refresh()
    else forget()
  })
  void refresh()

  return {
    store,
    refresh,
    create: (room) => changing(port.create(room)),
    update: (id, changes) => changing(port.update(id, changes)),
    remove: (id) => changing(port.remove(id)),
    leave: (id) => changing(port.leave(id)),
    open: (id) => changing(port.open(id)),
    async invite(id) {
      const answer = await port.invite(id)
      return answer.ok ? ok({ link: deps.toInvitation(buildRecurringInviteLink(answer.value.code)) }) : answer
    },
    revokeInvites: (id) => port.revokeInvites(id),
    members: (id) => port.members(id),
    async removeMember(id, userId, { revokesInvites }) {
      const revoked = revokesInvites ? await port.revokeInvites(id) : ok(undefined)
      return revoked.ok ? changing(port.removeMember(id, userId)) : revoked
    },
    accept: (inviteCode) => changing(port.accept(inviteCode)),
    dispose() {
      unwatch()
      forget()
    },
  }
}
