import { LogLevel, type Participant, Room, RoomEvent, setLogLevel } from 'livekit-client'
import { SPEECH_LEVEL } from '../../core/layout/followSpeaker.ts'
import type { SfuEnd, SfuHandlers, SfuOptions, SfuSession } from '../../core/ports/sfu.ts'
import type { ConnectionRegistry } from '../../core/ports/statistics.ts'
import { createStatsReader } from './createStatsReader.ts'
import { type PublishDependencies, publishTracks } from './publishTracks.ts'
import { receiveTracks } from './receiveTracks.ts'
import { limitReceivers } from './limitReceivers.ts'
import { createRoomOptions } from './roomOptions.ts'
import { toConnectEnd, toSfuEnd } from './sfuEnd.ts'
import { watchFlow } from './watchFlow.ts'
import type { Audience, ReceivedTracksSink, SpeechSink, WantedPictures, WantedSounds } from './sfuTracks.ts'

// SECURITY: its messages name addresses with tokens in them.
setLogLevel(LogLevel.silent)

/** Names them apart. */
let sessions = 0

/** What a session needs of the rest of the app. */
export interface SfuDependencies extends PublishDependencies {
  readonly sink: ReceivedTracksSink
  readonly subscriptions: WantedPictures
  readonly sounds: WantedSounds
  readonly audience: Audience
  readonly speech: SpeechSink
  readonly statistics: ConnectionRegistry
}

/** Connects to a LiveKit server and stays there, by its own means, for as long as it can. */
export function openSfuSession(
  deps: SfuDependencies,
  options: SfuOptions,
  handlers: SfuHandlers,
): SfuSession {
  const room = new Room(createRoomOptions())
  const limit = limitReceivers(room, options.receivers, deps.audience)
  const received = receiveTracks(room, deps.sink, deps.subscriptions, deps.sounds)
  const measured = deps.statistics.open(
    'sfu',
    createStatsReader(room, {
      id: `sfu:${(sessions += 1)}`,
      ownerOf: (trackId) => received.ownerOf(trackId),
      isScreen: (trackId) =>
        received.isScreen(trackId) ||
        (['screen', 'screenAudio'] as const).some((kind) => deps.tracks.current(kind)?.id === trackId),
    }),
  )
  let stopPublishing: () => void = () => undefined
  let isOpen = true
  const stopWatching = watchFlow(room, (isFlowing) => {
    if (isFlowing) handlers.handleConnected()
    else handlers.handleInterrupted()
  })

  function whileOpen(action: () => void): () => void {
    return () => {
      if (isOpen) action()
    }
  }

  function end(): void {
    isOpen = false
    stopWatching()
    stopPublishing()
    limit.release()
    received.release()
    measured.close()
    deps.speech.setLevels(new Map())
    room.removeAllListeners()
    // Our tracks are not LiveKit's to stop. It rejects only what is over already.
    room.disconnect(false).catch(() => undefined)
  }

  function finish(reason: SfuEnd): void {
    if (!isOpen) return
    measured.settle('failed')
    end()
    handlers.handleGone(reason)
  }

  /**
   * Who has come to the server but found no way for media yet sends and receives nothing. `justActive`: somebody of whom LiveKit says
   * so before it counts them among the others, or knows it of them.
   */
  function tellPeople(justActive: readonly Participant[] = []): void {
    if (!isOpen) return
    const active = [...room.remoteParticipants.values()].filter((person) => person.isActive)
    handlers.handlePeople([...new Set([...active, ...justActive].map(({ identity }) => identity))])
  }

  room
    // Media may be published before the way for it is found. The limit was said by then: it listens for the same event, and first.
    .once(
      RoomEvent.SignalConnected,
      whileOpen(() => {
        stopPublishing = publishTracks(room.localParticipant, deps)
      }),
    )
    .on(
      RoomEvent.Connected,
      whileOpen(() => {
        measured.settle('connected')
        handlers.handleConnected()
        tellPeople()
      }),
    )
    .on(
      RoomEvent.Reconnecting,
      whileOpen(() => handlers.handleInterrupted()),
    )
    .on(
      RoomEvent.Reconnected,
      whileOpen(() => {
        handlers.handleConnected()
        tellPeople()
      }),
    )
    .on(RoomEvent.ParticipantActive, (person) => tellPeople([person]))
    .on(RoomEvent.ParticipantDisconnected, () => tellPeople())
    .on(
      RoomEvent.ActiveSpeakersChanged,
      // The server decides who speaks. Not after the end: all listeners are gone by then.
      (speakers) =>
        deps.speech.setLevels(
          new Map(speakers.map(({ identity, audioLevel }) => [identity, Math.max(SPEECH_LEVEL, audioLevel)])),
        ),
    )
    .on(RoomEvent.Disconnected, (reason) => finish(toSfuEnd(reason)))

  room
    .connect(options.url, options.token, {
      autoSubscribe: true,
      maxRetries: 0,
      rtcConfig: {
        iceServers: options.iceServers.map((server) => ({
          urls: [...server.urls],
          ...(server.username === undefined ? {} : { username: server.username }),
          ...(server.credential === undefined ? {} : { credential: server.credential }),
        })),
      },
    })
    .catch((error: unknown) => {
      deps.logger.warn('no media server', { error: error instanceof Error ? error.name : 'unknown' })
      finish(toConnectEnd(error))
    })

  return {
    setReceivers(connectionIds) {
      if (isOpen) limit.setReceivers(connectionIds)
    },
    close() {
      if (isOpen) end()
    },
  }
}
