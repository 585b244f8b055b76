import { z } from 'zod'
import { messageSchema } from '../api/messages.ts'
import { mediaStateSchema, participantSchema } from '../domain/participant.ts'
import { roomSchema, topologySchema } from '../domain/room.ts'
import { ROOM_CAPACITY_MAX } from '../limits.ts'

/** Events on a room's topic. `signal`, `mediaState` and `mediaPath` are sent by the clients, all others by the database (`realtime.send`). */
export const ROOM_EVENTS = {
  participantJoined: 'participant_joined',
  participantLeft: 'participant_left',
  roomClosed: 'room_closed',
  /** The room's name, settings, creator, tags or lock have changed. */
  roomChanged: 'room_changed',
  /** Somebody was removed: those who remain go on at another topic. */
  channelMoved: 'channel_moved',
  topologyChanged: 'topology_changed',
  /** The creator has muted somebody. */
  mutedByCreator: 'muted_by_creator',
  messageAdded: 'message_added',
  messageDeleted: 'message_deleted',
  timerChanged: 'timer_changed',
  recordingChanged: 'recording_changed',
  signal: 'signal',
  mediaState: 'media_state',
  mediaPath: 'media_path',
} as const

/** The topic of a room; `channelEpoch` rises when somebody is removed, and those who remain move on. */
export function roomTopic(roomId: string, channelEpoch: number): string {
  return channelEpoch === 0 ? `room:${roomId}` : `room:${roomId}:${channelEpoch}`
}

export const participantJoinedSchema = participantSchema

/** Why somebody is gone. `replaced`: the same person joined from elsewhere. */
export const leaveReasonSchema = z.enum(['left', 'expired', 'replaced', 'removed', 'closed'])
export type LeaveReason = z.infer<typeof leaveReasonSchema>
export const participantLeftSchema = z.object({
  userId: z.uuid(),
  connectionId: z.uuid(),
  reason: leaveReasonSchema,
})

/** `room_changed`: the room as it is now, for those inside. */
export const insideRoomChangedSchema = roomSchema
/** `channel_moved`: the topic to join from now on. Whoever was removed is not let in there. */
export const channelMovedSchema = z.object({ channel: z.string() })
/** `topology_changed`; an epoch that is not above the one known is stale. */
export const topologyChangedSchema = z.object({ topology: topologySchema, epoch: z.int().min(0) })
/** `muted_by_creator`: whose microphone is to be closed. They may open it again. */
export const mutedByCreatorSchema = z.object({ userId: z.uuid(), connectionId: z.uuid() })

/** `message_added` */
export const messageAddedSchema = messageSchema
/** `message_deleted` */
export const messageDeletedSchema = z.object({ id: z.uuid() })

/** One SDP or one ICE candidate, as `simple-peer` hands it out. */
export const signalDataSchema = z.union([
  z.object({ type: z.enum(['offer', 'answer', 'pranswer', 'rollback']), sdp: z.string().max(64_000) }),
  z.object({
    type: z.literal('candidate'),
    candidate: z.object({
      candidate: z.string().max(2_000),
      sdpMLineIndex: z.number().int().nullable(),
      sdpMid: z.string().max(64).nullable(),
    }),
  }),
  z.object({ type: z.literal('renegotiate'), renegotiate: z.literal(true) }),
  z.object({
    type: z.literal('transceiverRequest'),
    transceiverRequest: z.object({ kind: z.enum(['audio', 'video']), init: z.unknown().optional() }),
  }),
])
export type SignalData = z.infer<typeof signalDataSchema>

/**
 * Addressed signaling between two connections. `generation` counts the peers that the caller has made for this pair; a
 * higher one replaces the peer before it, a lower one is stale. `signals` are batched, in order.
 */
export const signalMessageSchema = z.object({
  from: z.uuid(),
  to: z.uuid(),
  generation: z.number().int().min(0),
  signals: z.array(signalDataSchema).min(1).max(64),
})
export type SignalMessage = z.infer<typeof signalMessageSchema>

export const mediaStateMessageSchema = z.object({ connectionId: z.uuid(), mediaState: mediaStateSchema })
export type MediaStateMessage = z.infer<typeof mediaStateMessageSchema>

/** Whose media reaches `connectionId` by the path that the topology of this epoch wants: their other path is not needed any more. */
export const mediaPathMessageSchema = z.object({
  connectionId: z.uuid(),
  epoch: z.int().min(0),
  received: z.array(z.uuid()).max(ROOM_CAPACITY_MAX),
})
export type MediaPathMessage = z.infer<typeof mediaPathMessageSchema>

/** What a participant tracks in presence, under the key `connectionId`. Being listed means: I am listening to signals. */
export const roomPresenceSchema = z.object({ userId: z.uuid(), connectionId: z.uuid() })
export type RoomPresence = z.infer<typeof roomPresenceSchema>
