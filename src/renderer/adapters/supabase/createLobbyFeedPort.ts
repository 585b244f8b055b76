import type { SupabaseClient } from '@supabase/supabase-js'
import {
  LOBBY_EVENTS,
  LOBBY_TOPIC,
  roomChangedSchema,
  roomRemovedSchema,
} from '../../../shared/realtime/lobbyEvents.ts'
import type { LobbyFeedPort } from '../../core/ports/lobbyFeed.ts'
import { openPrivateChannel } from './openPrivateChannel.ts'

/** Live changes of the public rooms by Realtime. What does not fit its schema is left out. */
export function createLobbyFeedPort(client: SupabaseClient): LobbyFeedPort {
  return {
    open(handlers) {
      const subscription = openPrivateChannel(client, {
        topic: LOBBY_TOPIC,
        bind: (channel) => {
          channel
            .on('broadcast', { event: LOBBY_EVENTS.roomChanged }, ({ payload }) => {
              const room = roomChangedSchema.safeParse(payload)
              if (room.success) handlers.handleRoomChanged(room.data)
            })
            .on('broadcast', { event: LOBBY_EVENTS.roomRemoved }, ({ payload }) => {
              const removed = roomRemovedSchema.safeParse(payload)
              if (removed.success) handlers.handleRoomRemoved(removed.data.id)
            })
        },
        handleStatus: (status) => {
          // The lobby is open to everybody signed in: a refusal is a sign-in that is just being renewed.
          handlers.handleStatus(status === 'joined' ? 'live' : status === 'refused' ? 'reconnecting' : status)
        },
      })
      return () => subscription.close()
    },
  }
}
