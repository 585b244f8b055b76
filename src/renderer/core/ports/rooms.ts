import type { ApiErrorCode } from '../../../shared/api/errors.ts'
import type {
  CreateRoomRequest,
  CreateRoomResponse,
  IceServer,
  JoinRoomRequest,
  JoinRoomResponse,
  KnownPeople,
  ListRoomsQuery,
  ListRoomsResponse,
} from '../../../shared/api/rooms.ts'
import type { MediaToken } from '../../../shared/api/media.ts'
import type { MediaState } from '../../../shared/domain/participant.ts'
import type { Participant } from '../../../shared/domain/participant.ts'
import type { RoomSummary, Topology } from '../../../shared/domain/room.ts'
import type { Result } from '../../../shared/result.ts'

/** A refusal of the HTTP API, or `unreachable` when no answer came. `message` is for a person. */
export interface RoomsFailure {
  readonly kind: ApiErrorCode | 'unreachable'
  readonly message: string
  readonly retryAfterMs: number | null
}

/**
 * Whether the database still counts this connection in; `replaced`: the same person joined from elsewhere; `removed` by the
 * room's creator; `gone`: for another reason, or for one that this version does not know.
 */
export type HeartbeatOutcome = 'present' | 'replaced' | 'removed' | 'closed' | 'gone'

/** How a room's media is to travel. */
export interface RoomTopology {
  readonly topology: Topology
  readonly epoch: number
}

/** How many public rooms carry a tag. */
export interface TagCount {
  readonly tag: string
  readonly roomCount: number
}

/** Rooms by the HTTP API. */
export interface RoomsPort {
  /** Asking again with the same key, a UUID, answers with the same room instead of opening another. */
  create(
    request: CreateRoomRequest,
    idempotencyKey: string,
  ): Promise<Result<CreateRoomResponse, RoomsFailure>>
  list(query: ListRoomsQuery): Promise<Result<ListRoomsResponse, RoomsFailure>>
  /** The rooms that the person was in lately and that are still open, the latest first; a few. */
  recent(): Promise<Result<readonly RoomSummary[], RoomsFailure>>
  /** Whom the person knows in public rooms, and whether others are told the same of them. */
  knownPeople(): Promise<Result<KnownPeople, RoomsFailure>>
  /** Whether people of one's recurring rooms may be told in which public room one is. */
  setWhereabouts(isShown: boolean): Promise<Result<void, RoomsFailure>>
  /** Tags of the public rooms, most common first. */
  commonTags(): Promise<Result<readonly TagCount[], RoomsFailure>>
  join(roomId: string, request: JoinRoomRequest): Promise<Result<JoinRoomResponse, RoomsFailure>>
  leave(roomId: string, connectionId: string): Promise<Result<void, RoomsFailure>>
  participants(roomId: string): Promise<Result<readonly Participant[], RoomsFailure>>
  setMedia(roomId: string, state: MediaState): Promise<Result<void, RoomsFailure>>
  /** With credentials that are good for hours from now. */
  iceServers(): Promise<Result<readonly IceServer[], RoomsFailure>>
  heartbeat(roomId: string, connectionId: string): Promise<Result<HeartbeatOutcome, RoomsFailure>>
  /** An invite for 25 people, good for a week: the link that carries its code. Creator only. */
  invite(roomId: string): Promise<Result<{ readonly link: string }, RoomsFailure>>
  /** The room that an invite's code opens; `room_unavailable` where it opens none. Each wrong one counts as a wrong password. */
  findInvited(inviteCode: string): Promise<Result<{ readonly roomId: string }, RoomsFailure>>
  /** What opens the room's media server for this connection. */
  mediaToken(roomId: string, connectionId: string): Promise<Result<MediaToken, RoomsFailure>>
  topology(roomId: string): Promise<Result<RoomTopology, RoomsFailure>>
  /** Two people inside cannot reach each other directly. Answers how media is to travel from now on. */
  reportMeshFailure(roomId: string): Promise<Result<RoomTopology, RoomsFailure>>
}
