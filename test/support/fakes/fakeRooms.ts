import type {
  HeartbeatOutcome,
  RoomsFailure,
  RoomsPort,
  RoomTopology,
} from '../../../src/renderer/core/ports/rooms.ts'
import type { IceServer, JoinRoomResponse } from '../../../src/shared/api/rooms.ts'
import type { MediaState, Participant } from '../../../src/shared/domain/participant.ts'
import { err, ok, type Result } from '../../../src/shared/result.ts'
import { createJoinResponse } from '../people.ts'

/** A backend with one room, answering at once. */
export interface FakeRooms extends RoomsPort {
  /** Who the database lists. */
  people: readonly Participant[]
  heartbeatOutcome: HeartbeatOutcome | 'unreachable'
  /** Set to refuse heartbeats. */
  heartbeatFailure: RoomsFailure | null
  /** Set to refuse what one says to send. */
  mediaFailure: RoomsFailure | null
  servers: readonly IceServer[]
  /** Set to refuse joining. */
  joinFailure: RoomsFailure | null
  /** What the answer to joining says beyond the usual. */
  joinChanges: Partial<JoinRoomResponse>
  /** How the room's media is to travel. */
  roomTopology: RoomTopology
  /** Set to refuse tokens for the media server. */
  tokenFailure: RoomsFailure | null
  readonly calls: string[]
  readonly writtenMedia: MediaState[]
}

const unreachable: RoomsFailure = { kind: 'unreachable', message: 'No answer', retryAfterMs: null }

/** `self` is the participant that a join makes of the given connection. */
export function createFakeRooms(self: (connectionId: string) => Participant): FakeRooms {
  return {
    people: [],
    heartbeatOutcome: 'present',
    heartbeatFailure: null,
    mediaFailure: null,
    servers: [],
    joinFailure: null,
    joinChanges: {},
    roomTopology: { topology: 'mesh', epoch: 0 },
    tokenFailure: null,
    calls: [],
    writtenMedia: [],
    create: () => Promise.resolve(err(unreachable)),
    list: () => Promise.resolve(err(unreachable)),
    knownPeople: () => Promise.resolve(err(unreachable)),
    setWhereabouts: () => Promise.resolve(err(unreachable)),
    recent: () => Promise.resolve(err(unreachable)),
    commonTags: () => Promise.resolve(err(unreachable)),
    join(_roomId, { connectionId }): Promise<Result<JoinRoomResponse, RoomsFailure>> {
      this.calls.push(`join ${connectionId}`)
      if (this.joinFailure !== null) return Promise.resolve(err(this.joinFailure))
      const isIn = this.people.some((person) => person.connectionId === connectionId)
      if (!isIn) this.people = [...this.people, self(connectionId)]
      return Promise.resolve(ok({ ...createJoinResponse(this.people), ...this.joinChanges }))
    },
    leave(_roomId, connectionId) {
      this.calls.push(`leave ${connectionId}`)
      return Promise.resolve(ok(undefined))
    },
    participants() {
      this.calls.push('participants')
      return Promise.resolve(ok(this.people))
    },
    setMedia(_roomId, mediaState) {
      this.writtenMedia.push(mediaState)
      return Promise.resolve(this.mediaFailure === null ? ok(undefined) : err(this.mediaFailure))
    },
    iceServers() {
      this.calls.push('iceServers')
      return Promise.resolve(ok(this.servers))
    },
    heartbeat(_roomId, connectionId) {
      this.calls.push(`heartbeat ${connectionId}`)
      if (this.heartbeatFailure !== null) return Promise.resolve(err(this.heartbeatFailure))
      const outcome = this.heartbeatOutcome
      return Promise.resolve(outcome === 'unreachable' ? err(unreachable) : ok(outcome))
    },
    findInvited: () => Promise.resolve(err(unreachable)),
    invite: () => Promise.resolve(err(unreachable)),
    mediaToken(_roomId, connectionId) {
      this.calls.push(`token ${connectionId}`)
      if (this.tokenFailure !== null) return Promise.resolve(err(this.tokenFailure))
      const number = this.calls.filter((call) => call.startsWith('token')).length
      return Promise.resolve(
        ok({ url: 'wss://media.test', token: `token ${number}`, expiresAt: '2026-03-01T10:10:00.000Z' }),
      )
    },
    topology() {
      this.calls.push('topology')
      return Promise.resolve(ok(this.roomTopology))
    },
    reportMeshFailure() {
      this.calls.push('mesh failure')
      return Promise.resolve(ok(this.roomTopology))
    },
  }
}
