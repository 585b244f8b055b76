import {
  isLocalTrack,
  LocalAudioTrack,
  type LocalParticipant,
  type LocalTrack,
  LocalVideoTrack,
} from 'livekit-client'
import type { CameraDemandPort } from '../../core/ports/cameraDemand.ts'
import { SFU_LINK_ID } from '../../core/ports/encodings.ts'
import type { Logger } from '../../core/ports/logger.ts'
import type { MediaKind } from '../../core/ports/mediaRoutes.ts'
import { LayeredCamera } from './LayeredCamera.ts'
import { limitSender } from './limitSender.ts'
import { createPublishOptions } from './roomOptions.ts'
import type { OutgoingEncodings, OutgoingTracks } from './sfuTracks.ts'

/** What publishing needs of the rest of the app. */
export interface PublishDependencies {
  readonly tracks: OutgoingTracks
  readonly encodings: OutgoingEncodings
  readonly demand: CameraDemandPort
  readonly logger: Logger
}

const allKinds: readonly MediaKind[] = ['microphone', 'camera', 'screen', 'screenAudio']

/**
 * Sends our tracks as they are and in what the link to the server is given, and follows their changes, one after the other for each kind. What is taken away for a moment stays
 * published without a track, so that a camera that comes back needs no negotiation. The answer ends it.
 *
 * SECURITY: LiveKit sets `enabled` of the tracks that it gets, by whether it takes them to be muted, which it does not ask. So it
 * is told before it can, and after each step the track is set again as it should be.
 */
export function publishTracks(
  participant: LocalParticipant,
  { tracks, encodings, demand, logger }: PublishDependencies,
): () => void {
  let isOpen = true
  const published = new Map<MediaKind, LocalTrack>()
  const working = new Set<MediaKind>()
  const refused = new Map<MediaKind, MediaStreamTrack>()

  async function publish(kind: MediaKind, track: MediaStreamTrack): Promise<void> {
    const local = createLocalTrack(kind, track)
    // It sets `enabled` by this a moment after it was made.
    local.isMuted = !tracks.isEnabled(track)
    await participant.publishTrack(local, createPublishOptions(kind, track))
    published.set(kind, local)
    shape(kind)
  }

  /** The camera asks what it may send, the others are told. */
  function shape(kind: MediaKind): void {
    const local = published.get(kind)
    const encoding = encodings.current(SFU_LINK_ID)
    if (local instanceof LayeredCamera) void local.refresh()
    if (local?.sender === undefined || encoding === null) return
    const { audio, screen } = encoding
    if (kind === 'microphone') void limitSender(local.sender, { maxBitrate: audio.maxBitrateBps })
    // Whether anybody looks at it is LiveKit's to know.
    if (kind === 'screen' && screen.isActive) {
      void limitSender(local.sender, { maxBitrate: screen.maxBitrateBps, maxFramerate: screen.framerate })
    }
  }

  function createLocalTrack(kind: MediaKind, track: MediaStreamTrack): LocalTrack {
    const local =
      kind === 'camera'
        ? new LayeredCamera(track, {
            allowed: () => encodings.current(SFU_LINK_ID)?.video ?? null,
            handleWanted: (layer) => {
              if (isOpen) demand.set(layer)
            },
          })
        : track.kind === 'audio'
          ? new LocalAudioTrack(track)
          : new LocalVideoTrack(track)
    // Always so; LiveKit's own types do not agree with each other under `exactOptionalPropertyTypes`.
    if (!isLocalTrack(local)) throw new TypeError('no local track')
    return local
  }

  /** A screen is shared seldom, each time with an encoding of its own, and the room may take the right away and give it back. */
  async function unpublish(kind: MediaKind, local: LocalTrack): Promise<void> {
    published.delete(kind)
    // The track is not LiveKit's to stop.
    await participant.unpublishTrack(local, false)
  }

  /** One step towards what is wanted; false when there is none left. */
  async function work(kind: MediaKind): Promise<boolean> {
    if (!isOpen) return false
    const track = tracks.current(kind)
    const local = published.get(kind)
    if (track === null) {
      if (local !== undefined && (kind === 'screen' || kind === 'screenAudio')) {
        await unpublish(kind, local)
        return true
      }
      if (local === undefined || local.isUpstreamPaused) return false
      await local.pauseUpstream()
      // Not where the connection is gone.
      return local.isUpstreamPaused
    }
    if (refused.get(kind) === track) return false
    const isMuted = !tracks.isEnabled(track)
    if (local === undefined) {
      await publish(kind, track)
      return true
    }
    if (local.isMuted !== isMuted) {
      await (isMuted ? local.mute() : local.unmute())
      return true
    }
    if (local.mediaStreamTrack !== track) {
      await local.replaceTrack(track, true)
      return true
    }
    if (!local.isUpstreamPaused) return false
    await local.resumeUpstream()
    return !local.isUpstreamPaused
  }

  function guard(kind: MediaKind): void {
    const track = tracks.current(kind)
    if (track !== null) track.enabled = tracks.isEnabled(track)
  }

  async function follow(kind: MediaKind): Promise<void> {
    if (working.has(kind)) return
    working.add(kind)
    try {
      while (await work(kind)) guard(kind)
    } catch (error) {
      // What the room does not allow, or the connection went away: the next one publishes anew.
      logger.warn('not published', { kind, error: error instanceof Error ? error.name : 'unknown' })
      const track = tracks.current(kind)
      if (track !== null) refused.set(kind, track)
    } finally {
      guard(kind)
      working.delete(kind)
    }
  }

  for (const kind of allKinds) void follow(kind)
  const unsubscribe = [
    tracks.subscribe((kind) => void follow(kind)),
    encodings.subscribe(() => {
      for (const kind of published.keys()) shape(kind)
    }),
  ]
  return () => {
    isOpen = false
    demand.set(null)
    for (const end of unsubscribe) end()
    for (const kind of allKinds) guard(kind)
  }
}
