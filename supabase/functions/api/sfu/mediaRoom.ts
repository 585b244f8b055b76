import { z } from 'zod'

/** What somebody may send to the media server, by the database's names. */
export const mediaSourceSchema = z.enum(['microphone', 'camera', 'screen_share', 'screen_share_audio'])
export type MediaSource = z.infer<typeof mediaSourceSchema>

/** What a room on the media server should be like, as the database function `take_sfu_rooms` answers it. */
export const wantedRoomSchema = z.object({
  roomId: z.uuid(),
  version: z.int(),
  isOpen: z.boolean(),
  canPublishSources: z.array(mediaSourceSchema),
  connectionIds: z.array(z.uuid()),
  /** Whose microphones the room's creator has closed. */
  mutedConnectionIds: z.array(z.uuid()),
})
export type WantedRoom = z.infer<typeof wantedRoomSchema>

/** Rooms that were taken. `nextDueInMs`: when another one is due; null where none is. */
export const takenRoomsSchema = z.object({
  leaseId: z.uuid(),
  rooms: z.array(wantedRoomSchema),
  nextDueInMs: z.int().nonnegative().nullable(),
})

/** Somebody whom the media server has in a room. */
export interface MediaParticipant {
  /** The id of the connection, in a token of ours. */
  readonly identity: string
  /** What they may send; null when their permissions are not what we give to anybody. */
  readonly canPublishSources: readonly MediaSource[] | null
  /** Their microphone tracks that are open. */
  readonly openMicrophoneIds: readonly string[]
}

/** What has to be done on the media server. */
export type MediaCommand =
  | { readonly kind: 'closeRoom' }
  | { readonly kind: 'remove'; readonly identity: string }
  | { readonly kind: 'permit'; readonly identity: string; readonly canPublishSources: readonly MediaSource[] }
  | { readonly kind: 'mute'; readonly identity: string; readonly trackId: string }

/** Rooms on a media server. Rejects where the server cannot be reached; what is gone already is done. */
export interface MediaRooms {
  listParticipants(roomId: string): Promise<readonly MediaParticipant[]>
  run(roomId: string, command: MediaCommand): Promise<void>
}
