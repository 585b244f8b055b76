import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js'
import {
  admissionsChangedSchema,
  channelMovedSchema,
  avatarChangedSchema,
  goalChangedSchema,
  handChangedSchema,
  insideRoomChangedSchema,
  mediaPathMessageSchema,
  mediaStateMessageSchema,
  messageAddedSchema,
  messageDeletedSchema,
  mutedByCreatorSchema,
  participantJoinedSchema,
  participantLeftSchema,
  reactionMessageSchema,
  recordingChangedSchema,
  ROOM_EVENTS,
  type RoomPresence,
  roomPresenceSchema,
  signalMessageSchema,
  timerChangedSchema,
  topologyChangedSchema,
  videoWishesMessageSchema,
} from '../../../shared/realtime/roomEvents.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { RoomChannelHandlers, RoomChannelPort } from '../../core/ports/roomChannel.ts'
import { countSocketsTo } from './ImpatientSocket.ts'
import type { RealtimeKeeper } from './keepRealtimeConnected.ts'
import { openPrivateChannel } from './openPrivateChannel.ts'
import { paceTracking } from './paceTracking.ts'

/** A room's topic by Realtime: broadcast without echo or acknowledgement, presence under our connection's id. */
export function createRoomChannelPort(
  client: SupabaseClient,
  keeper: RealtimeKeeper,
  clock: Clock,
): RoomChannelPort {
  const tracking = paceTracking(clock, () => countSocketsTo(client.realtime.endPoint))
  return {
    reconnect: () => keeper.reconnect(),
    check: () => keeper.check(),
    open(topic, self, handlers) {
      let takeBack = (): void => undefined
      const subscription = openPrivateChannel(client, {
        topic,
        presenceKey: self.connectionId,
        bind: (channel) => bindRoom(channel, self, handlers),
        handleStatus: (status, channel) => {
          // What was wanted of a join before is over with it.
          takeBack()
          // Once a join: the server has forgotten us in between.
          if (channel !== null) takeBack = tracking.want(() => void channel.track({ ...self }))
          handlers.handleStatus(status)
        },
      })
      const send = (event: string, payload: object) => {
        const channel = subscription.joined()
        // Not joined: supabase-js would send by HTTP instead, out of order. What is not sent is made good after rejoining.
        if (channel) void channel.send({ type: 'broadcast', event, payload })
      }
      return {
        sendSignal: (message) => send(ROOM_EVENTS.signal, message),
        sendMediaState: (message) => send(ROOM_EVENTS.mediaState, message),
        sendMediaPath: (message) => send(ROOM_EVENTS.mediaPath, message),
        sendVideoWishes: (message) => send(ROOM_EVENTS.videoWishes, message),
        sendReaction: (message) => send(ROOM_EVENTS.reaction, message),
        close() {
          takeBack()
          subscription.close()
        },
      }
    },
  }
}

/** SECURITY: everything another client sends is checked against its schema before anything is done with it. */
function bindRoom(channel: RealtimeChannel, self: RoomPresence, handlers: RoomChannelHandlers): void {
  channel
    .on('broadcast', { event: ROOM_EVENTS.signal }, ({ payload }) => {
      const message = signalMessageSchema.safeParse(payload)
      if (message.success && message.data.to === self.connectionId) handlers.handleSignal(message.data)
    })
    .on('broadcast', { event: ROOM_EVENTS.mediaState }, ({ payload }) => {
      const message = mediaStateMessageSchema.safeParse(payload)
      if (message.success) handlers.handleMediaState(message.data)
    })
    .on('broadcast', { event: ROOM_EVENTS.mediaPath }, ({ payload }) => {
      const message = mediaPathMessageSchema.safeParse(payload)
      if (message.success) handlers.handleMediaPath(message.data)
    })
    .on('broadcast', { event: ROOM_EVENTS.videoWishes }, ({ payload }) => {
      const message = videoWishesMessageSchema.safeParse(payload)
      if (message.success) handlers.handleVideoWishes(message.data)
    })
    .on('broadcast', { event: ROOM_EVENTS.participantJoined }, ({ payload }) => {
      const participant = participantJoinedSchema.safeParse(payload)
      if (participant.success) handlers.handleParticipantJoined(participant.data)
    })
    .on('broadcast', { event: ROOM_EVENTS.participantLeft }, ({ payload }) => {
      const left = participantLeftSchema.safeParse(payload)
      if (left.success) handlers.handleParticipantLeft(left.data)
    })
    .on('broadcast', { event: ROOM_EVENTS.roomClosed }, () => handlers.handleRoomClosed())
    .on('broadcast', { event: ROOM_EVENTS.roomChanged }, ({ payload }) => {
      const room = insideRoomChangedSchema.safeParse(payload)
      if (room.success) handlers.handleRoomChanged(room.data)
    })
    .on('broadcast', { event: ROOM_EVENTS.channelMoved }, ({ payload }) => {
      const moved = channelMovedSchema.safeParse(payload)
      if (moved.success) handlers.handleChannelMoved(moved.data.channel)
    })
    .on('broadcast', { event: ROOM_EVENTS.topologyChanged }, ({ payload }) => {
      const change = topologyChangedSchema.safeParse(payload)
      if (change.success) handlers.handleTopologyChanged(change.data)
    })
    .on('broadcast', { event: ROOM_EVENTS.timerChanged }, ({ payload }) => {
      const change = timerChangedSchema.safeParse(payload)
      if (change.success) handlers.handleNews({ kind: 'timerChanged', timer: change.data.timer })
    })
    .on('broadcast', { event: ROOM_EVENTS.recordingChanged }, ({ payload }) => {
      const recording = recordingChangedSchema.safeParse(payload)
      if (recording.success) handlers.handleNews({ kind: 'recordingChanged', recording: recording.data })
    })
    .on('broadcast', { event: ROOM_EVENTS.goalChanged }, ({ payload }) => {
      const change = goalChangedSchema.safeParse(payload)
      if (change.success) handlers.handleNews({ kind: 'goalChanged', ...change.data })
    })
    .on('broadcast', { event: ROOM_EVENTS.avatarChanged }, ({ payload }) => {
      const change = avatarChangedSchema.safeParse(payload)
      if (change.success) handlers.handleNews({ kind: 'avatarChanged', ...change.data })
    })
    .on('broadcast', { event: ROOM_EVENTS.handChanged }, ({ payload }) => {
      const change = handChangedSchema.safeParse(payload)
      if (change.success) handlers.handleNews({ kind: 'handChanged', ...change.data })
    })
    .on('broadcast', { event: ROOM_EVENTS.admissionsChanged }, ({ payload }) => {
      const change = admissionsChangedSchema.safeParse(payload)
      if (change.success) handlers.handleNews({ kind: 'admissionsChanged', ...change.data })
    })
    .on('broadcast', { event: ROOM_EVENTS.reaction }, ({ payload }) => {
      const message = reactionMessageSchema.safeParse(payload)
      if (message.success) handlers.handleNews({ kind: 'reactionReceived', ...message.data })
    })
    .on('broadcast', { event: ROOM_EVENTS.messageAdded }, ({ payload }) => {
      const message = messageAddedSchema.safeParse(payload)
      if (message.success) handlers.handleNews({ kind: 'messageAdded', message: message.data })
    })
    .on('broadcast', { event: ROOM_EVENTS.messageDeleted }, ({ payload }) => {
      const deleted = messageDeletedSchema.safeParse(payload)
      if (deleted.success) handlers.handleNews({ kind: 'messageDeleted', id: deleted.data.id })
    })
    .on('broadcast', { event: ROOM_EVENTS.mutedByCreator }, ({ payload }) => {
      const muted = mutedByCreatorSchema.safeParse(payload)
      if (muted.success) handlers.handleMutedByCreator(muted.data.connectionId)
    })
    .on('presence', { event: 'sync' }, () => handlers.handlePresence(readPresence(channel.presenceState())))
}

/** Who is there, each once. Entries that are no room presence, or stand under another's key, are left out. */
export function readPresence(state: Readonly<Record<string, readonly unknown[]>>): readonly RoomPresence[] {
  return Object.entries(state).flatMap(([key, entries]) => {
    const last = roomPresenceSchema.safeParse(entries.at(-1))
    return last.success && last.data.connectionId === key ? [last.data] : []
  })
}
