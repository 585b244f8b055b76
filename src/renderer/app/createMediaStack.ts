import { createCapturePort, type CaptureProfile } from '../adapters/media/createCapturePort.ts'
import { createMediaSink } from '../adapters/media/createMediaSink.ts'
import { createPlayback } from '../adapters/media/createPlayback.ts'
import { createTrackBoard } from '../adapters/media/tracks.ts'
import { createSimplePeerPort } from '../adapters/simplePeer/createPeerPort.ts'
import { createCallController, type Stay } from '../controllers/call/createCallController.ts'
import type { CallController, LocalMediaController, MediaSink } from '../controllers/contracts.ts'
import { createLocalMedia } from '../controllers/localMedia/createLocalMedia.ts'
import type { Account } from '../core/ports/auth.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { LocalMediaSnapshot } from '../core/ports/localMedia.ts'
import type { Logger } from '../core/ports/logger.ts'
import type { RoomChannelPort } from '../core/ports/roomChannel.ts'
import type { RoomsPort } from '../core/ports/rooms.ts'

/** Everything about media and the call, wired. */
export interface MediaStack {
  readonly call: CallController
  readonly localMedia: LocalMediaController
  readonly sink: MediaSink
  /** The stay to end by a `keepalive` request on `pagehide`; null outside a call. */
  activeStay(): Stay | null
  /** Ends peers, channel, timers and devices. Tells the backend nothing. */
  dispose(): void
}

/** Wires the media side to the backend's ports. Nothing is opened before somebody asks. */
export function createMediaStack(deps: {
  readonly rooms: RoomsPort
  readonly channel: RoomChannelPort
  readonly account: () => Account | null
  readonly clock: Clock
  readonly logger: Logger
  /** Devices that the person chose in earlier sessions. */
  readonly chosen: LocalMediaSnapshot['chosen']
  /** 640×480@24 unless told. */
  readonly captureProfile?: CaptureProfile
}): MediaStack {
  const board = createTrackBoard()
  const playback = createPlayback(board)
  const profile = deps.captureProfile === undefined ? {} : { profile: deps.captureProfile }
  const capture = createCapturePort({ board, ...profile })
  const peers = createSimplePeerPort({ tracks: board, sink: board, logger: deps.logger })
  const localMedia = createLocalMedia({
    capture,
    playback,
    chosen: deps.chosen,
    onStart: () => peers.warmUp(),
  })
  const call = createCallController({
    rooms: deps.rooms,
    channel: deps.channel,
    peers,
    localMedia,
    clock: deps.clock,
    newId: () => crypto.randomUUID(),
    account: deps.account,
    logger: deps.logger,
  })

  return {
    call,
    localMedia,
    sink: createMediaSink(board),
    activeStay: () => call.activeStay(),
    dispose() {
      call.dispose()
      localMedia.dispose()
      playback.dispose()
    },
  }
}
