import { describe, expect, test } from 'vitest'
import { err, ok } from '../../../../src/shared/result.ts'
import { refuse } from '../refusal.ts'
import { createSfuSweep } from './createSfuSweep.ts'
import type { MediaParticipant, WantedRoom } from './mediaRoom.ts'

const leaseId = '00000000-0000-4000-8000-000000000000'
const roomId = (index: number): string => `5b0e1c52-9a0f-4b43-8d47-${String(index).padStart(12, '0')}`
const wanted = (index: number): WantedRoom => ({
  roomId: roomId(index),
  version: index,
  isOpen: true,
  canPublishSources: ['microphone'],
  connectionIds: [],
  mutedConnectionIds: [],
})
const stranger: MediaParticipant = {
  identity: 'eve',
  canPublishSources: ['microphone'],
  openMicrophoneIds: [],
}

/** A database with `rooms` due, and a media server with a stranger in each, which fails where `fails` says so. */
function createScene(rooms: readonly WantedRoom[], fails: (roomId: string) => boolean = () => false) {
  const due = [...rooms]
  const settled: unknown[] = []
  const removed: string[] = []
  const sweep = createSfuSweep(
    async (name, parameters) => {
      if (name === 'take_sfu_rooms') {
        const limit = 'p_limit' in parameters ? (parameters.p_limit ?? 0) : 0
        return ok({ leaseId, rooms: due.splice(0, limit), nextDueInMs: due.length > 0 ? 0 : 10_000 })
      }
      settled.push(parameters)
      return ok(null)
    },
    {
      listParticipants: async () => [stranger],
      run: async (id, command) => {
        if (fails(id)) throw new Error('fetch failed')
        if (command.kind === 'remove') removed.push(id)
      },
    },
  )
  return { sweep, settled, removed }
}

describe('a sweep', () => {
  test('goes on until nothing is due, and says when to come back', async () => {
    const { sweep, settled, removed } = createScene(
      Array.from({ length: 25 }, (_unused, index) => wanted(index)),
    )
    expect(await sweep()).toEqual(ok({ rooms: 25, removed: 25, changed: 0, failed: 0, nextDueInMs: 10_000 }))
    expect(removed).toHaveLength(25)
    expect(settled).toHaveLength(25)
    expect(settled[3]).toEqual({
      p_room_id: roomId(3),
      p_lease_id: leaseId,
      p_version: 3,
      p_is_done: true,
      p_has_removed: true,
    })
  })

  test('settles what failed as not done, does the others, and leaves the rest to the next', async () => {
    const rooms = Array.from({ length: 15 }, (_unused, index) => wanted(index))
    const { sweep, settled, removed } = createScene(rooms, (id) => id === roomId(2))
    expect(await sweep()).toEqual(ok({ rooms: 10, removed: 9, changed: 0, failed: 1, nextDueInMs: 0 }))
    expect(removed).not.toContain(roomId(2))
    expect(settled[2]).toMatchObject({ p_is_done: false, p_has_removed: false })
    expect(await sweep()).toMatchObject({ value: { rooms: 5, failed: 0 } })
  })

  test('refuses where the database does not answer', async () => {
    const sweep = createSfuSweep(async () => err(refuse('internal')), {
      listParticipants: async () => [],
      run: async () => {},
    })
    expect(await sweep()).toEqual(err(refuse('internal')))
  })
})
