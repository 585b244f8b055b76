import { z } from 'zod'
import { messageSchema } from '../api/messages.ts'
import { admissionSchema } from '../domain/admission.ts'
import { mediaStateSchema, participantSchema } from '../domain/participant.ts'
import { reactionSchema } from '../domain/reaction.ts'
import { recordingSchema } from '../domain/recording.ts'
import { roomSchema, topologySchema } from '../domain/room.ts'
import { roomTimerSchema } from '../domain/timer.ts'
import { ROOM_CAPACITY_MAX, STUDY_GOAL_MAX_LENGTH } from '../limits.ts'

/** Events on a room's topic. `signal`, `mediaState`, `mediaPath`, `videoWishes` and `reaction` are sent by the clients, all others by the database (`realtime.send`). */
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
  /** Somebody shares another goal, or none any more. */
  goalChanged: 'goal_changed',
  /** Somebody has chosen another picture. */
  avatarChanged: 'avatar_changed',
  /** Somebody's hand is up, or down. */
  handChanged: 'hand_changed',
  /** Somebody asks to come in, or does so no more. */
  admissionsChanged: 'admissions_changed',
  signal: 'signal',
  mediaState: 'media_state',
  /** Sent by clients: what they show of others' pictures. */
  videoWishes: 'video_wishes',
  mediaPath: 'media_path',
  /** Sent by clients: a small sign that is shown for a few seconds and kept by nobody. */
  reaction: 'reaction',
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

/** `timer_changed`: the room's timer as it is now; null once it is stopped. */
export const timerChangedSchema = z.object({ timer: roomTimerSchema.nullable() })
/** `recording_changed`: how a recording, or the request for one, stands. */
export const recordingChangedSchema = recordingSchema
/** `goal_changed`: what somebody in the room means to study; null where they share nothing any more. */
export const goalChangedSchema = z.object({
  userId: z.uuid(),
  goal: z.string().max(STUDY_GOAL_MAX_LENGTH).nullable(),
})

/** `avatar_changed`: the picture that somebody has chosen; null: their initials. */
export const avatarChangedSchema = z.object({ userId: z.uuid(), avatar: z.string().max(32).nullable() })

/** `hand_changed`: since when somebody's hand is up; null once it is down. */
export const handChangedSchema = z.object({
  userId: z.uuid(),
  connectionId: z.uuid(),
  raisedAt: z.iso.datetime({ offset: true }).nullable(),
})

/** `admissions_changed`: who asks to come in, first come first. */
export const admissionsChangedSchema = z.object({ admissions: z.array(admissionSchema).max(20) })

/** `reaction`: of the person whose connection it names. */
export const reactionMessageSchema = z.object({ connectionId: z.uuid(), reaction: reactionSchema })
export type ReactionMessage = z.infer<typeof reactionMessageSchema>

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
 * Addressed signaling between two connections. `generation` counts the negotiations that the caller has begun for this pair; a
 * higher one replaces the one before it, a lower one is stale. `peerGeneration` names the negotiation that the sender's peer was
 * made in: below `generation`, that peer goes on, over a path that is sought anew (an ICE restart, RFC 8445, 9); left out, the
 * sender has no peer. `signals` are batched, in order.
 */
export const signalMessageSchema = z.object({
  from: z.uuid(),
  to: z.uuid(),
  generation: z.number().int().min(0),
  peerGeneration: z.number().int().min(0).optional(),
  signals: z.array(signalDataSchema).min(1).max(64),
})
export type SignalMessage = z.infer<typeof signalMessageSchema>

export const mediaStateMessageSchema = z.object({ connectionId: z.uuid(), mediaState: mediaStateSchema })
export type MediaStateMessage = z.infer<typeof mediaStateMessageSchema>

/** People whom one message names; a mesh has fewer, and over the media server nobody needs to be told. */
export const VIDEO_WISHES_MAX_COUNT = 16

/**
 * What `from` has use for of others' pictures: each is to send it so, or not at all where it is null. Who is not named goes on as before,
 * and of somebody who never says anything, everything is taken to be seen. Sound is never part of it.
 */
export const videoWishesMessageSchema = z.object({
  from: z.uuid(),
  wishes: z
    .array(
      z.object({
        to: z.uuid(),
        picture: z
          .object({ shortSide: z.int().min(1).max(4_320), framerate: z.int().min(1).max(120) })
          .nullable(),
        /** Whether the screen that they may share is looked at; it is where nothing is said. */
        isScreenSeen: z.boolean().optional(),
      }),
    )
    .max(VIDEO_WISHES_MAX_COUNT),
})
export type VideoWishesMessage = z.infer<typeof videoWishesMessageSchema>

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
