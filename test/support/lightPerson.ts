import { randomUUID } from 'node:crypto'
import type { SupabaseClient } from '@supabase/supabase-js'
import { createRoomChannelPort } from '../../src/renderer/adapters/supabase/createRoomChannelPort.ts'
import { createRoomsPort } from '../../src/renderer/adapters/supabase/createRoomsPort.ts'
import { systemClock } from '../../src/renderer/app/systemClock.ts'
import { createSupabaseClient } from '../../src/renderer/adapters/supabase/createSupabaseClient.ts'
import type { SessionStorage } from '../../src/renderer/core/ports/desktop.ts'
import type { RoomChannel, RoomChannelHandlers } from '../../src/renderer/core/ports/roomChannel.ts'
import type { RoomsPort } from '../../src/renderer/core/ports/rooms.ts'

/** Somebody without a browser: the app's own Supabase adapters, and nothing of a call's media. Many fit into a process. */
export interface LightPerson {
  readonly client: SupabaseClient
  readonly userId: string
  readonly connectionId: string
  readonly rooms: RoomsPort
  /** Listens to a room, and so is present there. */
  openChannel(topic: string, handlers: Partial<RoomChannelHandlers>): RoomChannel
}

/** Signs up by e-mail and password. `name` is unique on the backend. */
export async function createLightPerson(
  address: { readonly url: string; readonly publishableKey: string },
  name: string,
): Promise<LightPerson> {
  const client = createSupabaseClient({ ...address, storageKey: 'session' }, createStorage())
  const { data, error } = await client.auth.signUp({
    email: `${name}@example.org`,
    password: 'a good long password',
    options: { data: { display_name: name } },
  })
  if (data.user === null) throw new Error(`no account: ${error?.message ?? ''}`)
  const userId = data.user.id
  const connectionId = randomUUID()
  const accessToken = async (): Promise<string | null> =>
    (await client.auth.getSession()).data.session?.access_token ?? null
  return {
    client,
    userId,
    connectionId,
    rooms: createRoomsPort({ ...address, fetch, accessToken }),
    openChannel(topic, handlers) {
      const nothing = (): void => undefined
      return createRoomChannelPort(
        client,
        { reconnect: nothing, check: nothing, dispose: nothing },
        systemClock,
      ).open(
        topic,
        { userId, connectionId },
        {
          handleStatus: nothing,
          handleSignal: nothing,
          handleMediaState: nothing,
          handleMediaPath: nothing,
          handleVideoWishes: nothing,
          handleParticipantJoined: nothing,
          handleParticipantLeft: nothing,
          handleRoomClosed: nothing,
          handleRoomChanged: nothing,
          handleChannelMoved: nothing,
          handleTopologyChanged: nothing,
          handleNews: nothing,
          handleMutedByCreator: nothing,
          handlePresence: nothing,
          ...handlers,
        },
      )
    },
  }
}

function createStorage(): SessionStorage {
  const kept = new Map<string, string>()
  return {
    load: (key) => Promise.resolve(kept.get(key) ?? null),
    save: (key, value) => Promise.resolve(void kept.set(key, value)),
    clear: (key) => Promise.resolve(void kept.delete(key)),
  }
}
