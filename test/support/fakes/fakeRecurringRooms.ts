import type { RecurringRoomsPort } from '../../../src/renderer/core/ports/recurringRooms.ts'
import type { RoomsFailure } from '../../../src/renderer/core/ports/rooms.ts'
import type { RecurringRoom } from '../../../src/shared/api/recurringRooms.ts'
import { err, ok } from '../../../src/shared/result.ts'

/** A backend with some recurring rooms, answering at once. */
export interface FakeRecurringRooms extends RecurringRoomsPort {
  rooms: readonly RecurringRoom[]
  /** Set to refuse everything. */
  failure: RoomsFailure | null
  readonly calls: string[]
}

const answeredRoomId = '99999999-9999-4999-8999-999999999999'
const code = 'Zm9vYmFyYmF6cXV4LV9hYg'

export function createFakeRecurringRooms(rooms: readonly RecurringRoom[] = []): FakeRecurringRooms {
  const fake: FakeRecurringRooms = {
    rooms,
    failure: null,
    calls: [],
    list: () => answer('list', fake.rooms),
    create: ({ name }) => answer(`create ${name}`, { recurringRoomId: answeredRoomId }),
    update: (id) => answer(`update ${id}`, undefined),
    remove: (id) => answer(`remove ${id}`, undefined),
    leave: (id) => answer(`leave ${id}`, undefined),
    open: (id) => answer(`open ${id}`, { roomId: answeredRoomId }),
    invite: (id) => answer(`invite ${id}`, { code, expiresAt: '2026-12-01T00:00:00.000Z', maxUses: 25 }),
    revokeInvites: (id) => answer(`revoke ${id}`, undefined),
    members: (id) => answer(`members ${id}`, []),
    removeMember: (id, userId) => answer(`remove ${userId} from ${id}`, undefined),
    accept: (given) => answer(`accept ${given}`, { recurringRoomId: answeredRoomId }),
  }
  function answer<T>(call: string, value: T) {
    fake.calls.push(call)
    return Promise.resolve(fake.failure === null ? ok(value) : err(fake.failure))
  }
  return fake
}
