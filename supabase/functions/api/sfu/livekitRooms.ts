import type * as Sdk from 'livekit-server-sdk'
import type { ParticipantInfo, RoomServiceClient, TrackSource } from 'livekit-server-sdk'
import type { MediaCommand, MediaParticipant, MediaRooms, MediaSource } from './mediaRoom.ts'
import type { SfuConfig } from './mintMediaToken.ts'
import { trackSources } from './trackSources.ts'

interface Opened {
  readonly sdk: typeof Sdk
  readonly client: RoomServiceClient
}

/** How long LiveKit may take to answer; far below the lease of a room. */
const REQUEST_TIMEOUT_S = 3
const NOT_FOUND = 404

/** The rooms of a LiveKit server, by its HTTP API. */
export function createLivekitRooms(config: SfuConfig): MediaRooms {
  let opening: Promise<Opened> | null = null

  /** Loaded when first needed: it takes a while. */
  async function open(): Promise<Opened> {
    const sdk = await import('livekit-server-sdk')
    const client = new sdk.RoomServiceClient(
      config.url.replace(/^ws/i, 'http'),
      config.key,
      config.secret,
      // Another region's server knows nothing of this room.
      { requestTimeout: REQUEST_TIMEOUT_S, failover: false },
    )
    return { sdk, client }
  }

  return {
    async listParticipants(roomId) {
      const { sdk, client } = await (opening ??= open())
      const sources = trackSources(sdk)
      const participants = await unlessGone(client.listParticipants(roomId))
      return (participants ?? []).map((participant) => readParticipant(sdk, sources, participant))
    },
    async run(roomId, command) {
      const { sdk, client } = await (opening ??= open())
      await unlessGone(runCommand(client, trackSources(sdk), roomId, command))
    },
  }
}

function readParticipant(
  { TrackSource: source }: typeof Sdk,
  sources: Readonly<Record<MediaSource, TrackSource>>,
  { identity, permission, tracks }: ParticipantInfo,
): MediaParticipant {
  const named = (['microphone', 'camera', 'screen_share', 'screen_share_audio'] as const).filter((name) =>
    permission?.canPublishSources.includes(sources[name]),
  )
  // No list of sources means every source.
  const isOurs =
    permission?.canPublish === true &&
    permission.canSubscribe &&
    !permission.canPublishData &&
    !permission.canUpdateMetadata &&
    named.length > 0 &&
    named.length === permission.canPublishSources.length
  return {
    identity,
    canPublishSources: isOurs ? named : null,
    openMicrophoneIds: tracks
      .filter((track) => track.source === source.MICROPHONE && !track.muted)
      .map((track) => track.sid),
  }
}

async function runCommand(
  client: RoomServiceClient,
  sources: Readonly<Record<MediaSource, TrackSource>>,
  roomId: string,
  command: MediaCommand,
): Promise<void> {
  switch (command.kind) {
    case 'closeRoom':
      return await client.deleteRoom(roomId)
    case 'remove':
      return await client.removeParticipant(roomId, command.identity)
    case 'permit':
      // LiveKit takes away at once what somebody sends and may not send any more.
      await client.updateParticipant(roomId, command.identity, {
        permission: {
          canSubscribe: true,
          canPublish: true,
          canPublishData: false,
          canPublishSources: command.canPublishSources.map((name) => sources[name]),
        },
      })
      return
    case 'mute':
      await client.mutePublishedTrack(roomId, command.identity, command.trackId, true)
  }
}

/** What is asked for of a room, a person or a track that has gone meanwhile needs not be done: null. */
async function unlessGone<T>(request: Promise<T>): Promise<T | null> {
  try {
    return await request
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === NOT_FOUND) return null
    throw error
  }
}
