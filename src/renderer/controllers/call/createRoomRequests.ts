import type { MediaState } from '../../../shared/domain/participant.ts'
import type { CallEvent } from '../../core/call/callEvents.ts'
import type { RoomsPort } from '../../core/ports/rooms.ts'
import type { RoomAccess } from '../contracts.ts'

/** The call's requests to the API; answers come back as events. */
export interface RoomRequests {
  join(roomId: string, connectionId: string, access: RoomAccess): void
  leave(roomId: string, connectionId: string): void
  persistMediaState(roomId: string, mediaState: MediaState): void
  sendHeartbeat(roomId: string, connectionId: string): void
  readIceServers(): void
  /** While one reading is under way, further wishes become one more after it. */
  readParticipants(roomId: string): void
  readTopology(roomId: string): void
  reportMeshFailure(roomId: string): void
  /** When joining and leaving, as far as they were begun, are answered. */
  settled(): Promise<void>
}

export function createRoomRequests(deps: {
  readonly rooms: RoomsPort
  readonly dispatch: (event: CallEvent) => void
}): RoomRequests {
  const { rooms, dispatch } = deps
  let membership: Promise<void> = Promise.resolve()
  let writing: Promise<void> = Promise.resolve()
  let reading: 'no' | 'once' | 'again' = 'no'

  async function join(roomId: string, connectionId: string, access: RoomAccess): Promise<void> {
    const { password, inviteCode } = access
    const answer = await rooms.join(roomId, {
      connectionId,
      supportsSfu: true,
      ...(password === undefined ? {} : { password }),
      ...(inviteCode === undefined ? {} : { inviteCode }),
    })
    dispatch({ kind: 'joinAnswered', roomId, connectionId, answer })
  }

  async function write(roomId: string, mediaState: MediaState): Promise<void> {
    const written = await rooms.setMedia(roomId, mediaState)
    if (written.ok) return
    const { kind, retryAfterMs } = written.error
    dispatch(
      kind === 'rate_limited'
        ? { kind: 'mediaStateLimited', retryAfterMs }
        : { kind: 'mediaStateNotPersisted' },
    )
  }

  async function beat(roomId: string, connectionId: string): Promise<void> {
    const answer = await rooms.heartbeat(roomId, connectionId)
    if (answer.ok) dispatch({ kind: 'heartbeatAnswered', outcome: answer.value })
    else if (answer.error.kind === 'rate_limited')
      dispatch({ kind: 'heartbeatLimited', retryAfterMs: answer.error.retryAfterMs })
    else dispatch({ kind: 'heartbeatAnswered', outcome: 'unreachable' })
  }

  async function readServers(): Promise<void> {
    const answer = await rooms.iceServers()
    dispatch({ kind: 'iceServersRead', iceServers: answer.ok ? answer.value : null })
  }

  async function readTopology(roomId: string): Promise<void> {
    const answer = await rooms.topology(roomId)
    dispatch(answer.ok ? { kind: 'topologyChanged', ...answer.value } : { kind: 'topologyNotRead' })
  }

  async function reportMeshFailure(roomId: string): Promise<void> {
    const answer = await rooms.reportMeshFailure(roomId)
    if (answer.ok) dispatch({ kind: 'topologyChanged', ...answer.value })
  }

  async function read(roomId: string): Promise<void> {
    while (reading !== 'no') {
      reading = 'once'
      const answer = await rooms.participants(roomId)
      // Asked again meanwhile: this answer may be older than the question.
      const isLast = (reading as 'once' | 'again') === 'once'
      if (isLast) reading = 'no'
      dispatch({ kind: 'participantsRead', participants: answer.ok ? answer.value : null })
    }
  }

  return {
    join(roomId, connectionId, access) {
      membership = join(roomId, connectionId, access)
    },
    leave(roomId, connectionId) {
      // Not before a join that is under way: else it would bring us in again.
      membership = membership.then(() => rooms.leave(roomId, connectionId)).then(() => undefined)
    },
    persistMediaState(roomId, mediaState) {
      // In order: the last state must be the one that stays.
      writing = writing.then(() => write(roomId, mediaState))
    },
    sendHeartbeat: (roomId, connectionId) => void beat(roomId, connectionId),
    readIceServers: () => void readServers(),
    readParticipants(roomId) {
      const isIdle = reading === 'no'
      reading = isIdle ? 'once' : 'again'
      if (isIdle) void read(roomId)
    },
    readTopology: (roomId) => void readTopology(roomId),
    reportMeshFailure: (roomId) => void reportMeshFailure(roomId),
    settled: () => membership,
  }
}
