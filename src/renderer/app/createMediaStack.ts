import { createConnectionBoard } from '../adapters/media/createConnectionBoard.ts'
import { createCapturePort, type CaptureProfile } from '../adapters/media/createCapturePort.ts'
import { createSfuPort } from '../adapters/livekit/createSfuPort.ts'
import { createMediaRoutes } from '../adapters/media/createMediaRoutes.ts'
import { createMediaSink } from '../adapters/media/createMediaSink.ts'
import { createMeshTracks } from '../adapters/media/createMeshTracks.ts'
import { createPlayback } from '../adapters/media/createPlayback.ts'
import { createTrackBoard } from '../adapters/media/tracks.ts'
import { createSimplePeerPort } from '../adapters/simplePeer/createPeerPort.ts'
import { createCallController, type Stay } from '../controllers/call/createCallController.ts'
import type {
  CallController,
  LocalMediaController,
  MediaSink,
  StatisticsController,
} from '../controllers/contracts.ts'
import { createLocalMedia } from '../controllers/localMedia/createLocalMedia.ts'
import { createReadingLoop } from '../controllers/statistics/createReadingLoop.ts'
import { createSampleSender } from '../controllers/statistics/createSampleSender.ts'
import { createStatisticsController } from '../controllers/statistics/createStatisticsController.ts'
import type { Account } from '../core/ports/auth.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { LocalMediaSnapshot } from '../core/ports/localMedia.ts'
import type { Logger } from '../core/ports/logger.ts'
import type { QualitySamplesPort } from '../core/ports/qualitySamples.ts'
import type { RoomChannelPort } from '../core/ports/roomChannel.ts'
import type { RoomsPort } from '../core/ports/rooms.ts'

/** Everything about media and the call, wired. */
export interface MediaStack {
  readonly call: CallController
  readonly localMedia: LocalMediaController
  readonly sink: MediaSink
  readonly statistics: StatisticsController
  /** The stay to end by a `keepalive` request on `pagehide`; null outside a call. */
  activeStay(): Stay | null
  /** Ends peers, channel, timers and devices. Tells the backend nothing. */
  dispose(): void
}

/** Wires the media side to the backend's ports. Nothing is opened before somebody asks. */
export function createMediaStack(deps: {
  readonly rooms: RoomsPort
  readonly channel: RoomChannelPort
  readonly samples: QualitySamplesPort
  readonly account: () => Account | null
  readonly clock: Clock
  readonly logger: Logger
  /** Devices that the person chose in earlier sessions. */
  readonly chosen: LocalMediaSnapshot['chosen']
  /** 640×480@24 unless told. */
  readonly captureProfile?: CaptureProfile
}): MediaStack {
  const board = createTrackBoard()
  const connections = createConnectionBoard()
  const playback = createPlayback(board)
  const profile = deps.captureProfile === undefined ? {} : { profile: deps.captureProfile }
  const capture = createCapturePort({ board, ...profile })
  const routes = createMediaRoutes(board)
  const peers = createSimplePeerPort({
    ...createMeshTracks(board),
    statistics: connections,
    logger: deps.logger,
  })
  const sfu = createSfuPort({ tracks: board, sink: board, statistics: connections, logger: deps.logger })
  const localMedia = createLocalMedia({
    capture,
    playback,
    chosen: deps.chosen,
    onStart: () => peers.warmUp(),
  })
  const call = createCallController({
    rooms: {
      ...deps.rooms,
      // Only somebody inside may tell how the call did.
      async leave(roomId, connectionId) {
        await samples.restSent()
        return deps.rooms.leave(roomId, connectionId)
      },
    },
    channel: deps.channel,
    peers,
    sfu,
    routes,
    localMedia,
    clock: deps.clock,
    random: () => Math.random(),
    newId: () => crypto.randomUUID(),
    account: deps.account,
    logger: deps.logger,
  })
  const listen = createReadingLoop({ statistics: connections, clock: deps.clock })
  const statistics = createStatisticsController({ call: call.store, listen })
  const samples = createSampleSender({
    call: call.store,
    listen,
    statistics: connections,
    samples: deps.samples,
    clock: deps.clock,
    random: () => Math.random(),
  })

  return {
    call,
    localMedia,
    sink: createMediaSink(board),
    statistics,
    activeStay: () => call.activeStay(),
    dispose() {
      samples.dispose()
      statistics.dispose()
      call.dispose()
      localMedia.dispose()
      routes.dispose()
      playback.dispose()
    },
  }
}
