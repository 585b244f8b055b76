import { z } from 'zod'
import { mediaStateSchema, participantSchema } from '../domain/participant.ts'

/**
 * Events on a room's topic. `participantJoined` and `participantLeft` are written by the database (`realtime.send`),
 * `signal` and `mediaState` by the clients.
 */
export const ROOM_EVENTS = {
  participantJoined: 'participant_joined',
  participantLeft: 'participant_left',
  roomClosed: 'room_closed',
  signal: 'signal',
  mediaState: 'media_state',
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

/** What a participant tracks in presence, under the key `connectionId`. Being listed means: I am listening to signals. */
export const roomPresenceSchema = z.object({ userId: z.uuid(), connectionId: z.uuid() })
export type RoomPresence = z.infer<typeof roomPresenceSchema>
