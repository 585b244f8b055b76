import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  LocalVideoTrack,
  Room,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoFrame,
  VideoSource,
  VideoStream,
} from '@livekit/rtc-node'
import type { RemoteTrack } from '@livekit/rtc-node'

const sampleRate = 48_000
const toneHz = 440
const frameMs = 20
/** A tone of ours is far louder, silence and what a decoder makes up is not. */
const audibleAmplitude = 2_000
const width = 320
const height = 180

/** A real LiveKit client, with libwebrtc, in one room. */
export interface SfuClient {
  readonly identity: string
  isConnected(): boolean
  /** When it was put out, by `performance.now()`; null while it was not. */
  disconnectedAtMs(): number | null
  /** Sends a tone. */
  openMicrophone(): Promise<void>
  /** Sends pictures; rejects where the server does not allow them. */
  publishVideo(source: 'camera' | 'screen_share'): Promise<void>
  /** What the server offers it of somebody else, in alphabetical order. */
  sourcesOf(identity: string): readonly string[]
  /** Whether the server says that somebody's microphone is closed. */
  hasMuted(identity: string): boolean
  /** How many frames, audible ones or pictures, have come from somebody, of one source or of any. */
  framesFrom(identity: string, source?: 'microphone' | 'camera' | 'screen_share'): number
  /** Of all people together. */
  framesReceived(): number
  close(): Promise<void>
}

const sourceNames = new Map<number | undefined, string>([
  [TrackSource.SOURCE_MICROPHONE, 'microphone'],
  [TrackSource.SOURCE_CAMERA, 'camera'],
  [TrackSource.SOURCE_SCREENSHARE, 'screen_share'],
])

function tone(): AudioFrame {
  const samples = (sampleRate * frameMs) / 1000
  const data = Int16Array.from({ length: samples }, (_unused, index) =>
    Math.round(12_000 * Math.sin((2 * Math.PI * toneHz * index) / sampleRate)),
  )
  return new AudioFrame(data, sampleRate, 1, samples)
}

/** A grey picture that is never the same twice, so that the encoder has something to send. */
function picture(index: number): VideoFrame {
  const data = new Uint8Array((width * height * 3) / 2).fill(128)
  data.fill((index * 16) % 256, 0, width * 32)
  return new VideoFrame(data, width, height, VideoBufferType.I420)
}

/** Connects; rejects where the server refuses the token. */
export async function connectSfuClient(media: { url: string; token: string }): Promise<SfuClient> {
  const room = new Room()
  const frames = new Map<string, number>()
  const endings: (() => Promise<void>)[] = []
  const failures: unknown[] = []
  let endedAtMs: number | null = null
  const closing = new AbortController()

  // The SDK empties a track's handle when its room closes, and tells of the track all the same if that was under way.
  const isOfClosedRoom = (error: unknown): boolean =>
    error instanceof Error && /handle is not a \S*FfiTrack/.test(error.message)
  const count = (key: string): void => void frames.set(key, (frames.get(key) ?? 0) + 1)
  async function receive(track: RemoteTrack, key: string): Promise<void> {
    if (track.kind === TrackKind.KIND_AUDIO) {
      for await (const { data } of new AudioStream(track, sampleRate, 1))
        if (data.some((sample) => Math.abs(sample) > audibleAmplitude)) count(key)
    } else {
      for await (const { frame } of new VideoStream(track)) if (frame.width > 2) count(key)
    }
  }
  room.on(RoomEvent.TrackSubscribed, (track, publication, participant) => {
    const key = `${participant.identity} ${sourceNames.get(publication.source) ?? 'other'}`
    receive(track, key).catch((error: unknown) => {
      if (!isOfClosedRoom(error)) failures.push(error)
    })
  })
  room.on(RoomEvent.Disconnected, () => {
    endedAtMs ??= performance.now()
  })
  // One try, or whoever is put out while connecting would come again by itself. The SDK passes it on, its type lacks it.
  const options = { autoSubscribe: true, dynacast: false, joinRetries: 0 }
  await room.connect(media.url, media.token, options)
  const local = room.localParticipant
  if (!local) throw new Error('connected without a participant')
  const identity = local.identity
  const isConnected = (): boolean => room.isConnected && endedAtMs === null
  const publicationsOf = (from: string) => [
    ...(room.remoteParticipants.get(from)?.trackPublications.values() ?? []),
  ]
  const sum = (prefix: string): number =>
    [...frames].reduce((total, [key, number]) => (key.startsWith(prefix) ? total + number : total), 0)

  return {
    identity,
    isConnected,
    disconnectedAtMs: () => endedAtMs,
    async openMicrophone() {
      const source = new AudioSource(sampleRate, 1)
      const track = LocalAudioTrack.createAudioTrack('microphone', source)
      await local.publishTrack(track, new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }))
      const talk = async (): Promise<void> => {
        // Waits by itself while enough is queued.
        while (!closing.signal.aborted) await source.captureFrame(tone())
      }
      const talking = talk().catch((error: unknown) => failures.push(error))
      endings.push(async () => {
        await source.close()
        await talking
      })
    },
    async publishVideo(name) {
      const source = new VideoSource(width, height)
      const track = LocalVideoTrack.createVideoTrack(name, source)
      await local.publishTrack(
        track,
        new TrackPublishOptions({
          source: name === 'camera' ? TrackSource.SOURCE_CAMERA : TrackSource.SOURCE_SCREENSHARE,
          simulcast: false,
        }),
      )
      let index = 0
      const timer = setInterval(() => source.captureFrame(picture(index++)), 100)
      endings.push(async () => {
        clearInterval(timer)
        await source.close()
      })
    },
    sourcesOf: (from) =>
      publicationsOf(from)
        .map((publication) => sourceNames.get(publication.source) ?? 'other')
        .toSorted(),
    hasMuted: (from) =>
      publicationsOf(from).some(
        ({ source, muted }) => source === TrackSource.SOURCE_MICROPHONE && muted === true,
      ),
    framesFrom: (from, source) => sum(`${from} ${source ?? ''}`),
    framesReceived: () => sum(''),
    async close() {
      closing.abort()
      for (const end of endings.splice(0)) await end()
      await room.disconnect()
      if (failures.length > 0) throw failures[0]
    },
  }
}
