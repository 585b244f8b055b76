// `node sfuCrowd.ts URL KEY ROOM COUNT MICROPHONES`: people of a room on the media server without a browser, each with a moving picture; the
// first MICROPHONES of them have an open microphone in which nobody speaks, the others none. Prints a line of JSON once all are there, and
// stays until its input ends.
import process from 'node:process'
import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  LocalVideoTrack,
  Room,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoFrame,
  VideoSource,
} from '@livekit/rtc-node'
import { createLightPerson } from '../../test/support/lightPerson.ts'

const [url = '', publishableKey = '', roomId = '', countText = '0', microphonesText = countText] =
  process.argv.slice(2)
const WIDTH = 320
const HEIGHT = 180
const FRAME_MS = 1_000 / 15
const HEARTBEAT_MS = 25_000
const SAMPLE_RATE = 48_000
const AUDIO_FRAME_MS = 100
/** Those who are looked at; of the others nothing is encoded anyway, so that a picture now and then does. */
const SEEN = 9
const UNSEEN_EVERY = 15

/** Some pictures of a pattern that wanders, with noise on it as a camera's has. All of them show the same. */
const pictures = Array.from({ length: 16 }, (_unused, index) => {
  const data = new Uint8Array((WIDTH * HEIGHT * 3) / 2).fill(128)
  for (let at = 0; at < WIDTH * HEIGHT; at += 1) {
    const column = at % WIDTH
    data[at] = 90 + 60 * Math.sin((column + index * 4) / 20) + Math.random() * 24
  }
  return new VideoFrame(data, WIDTH, HEIGHT, VideoBufferType.I420)
})
const silence = new AudioFrame(
  new Int16Array((SAMPLE_RATE * AUDIO_FRAME_MS) / 1_000),
  SAMPLE_RATE,
  1,
  (SAMPLE_RATE * AUDIO_FRAME_MS) / 1_000,
)

const cameras: VideoSource[] = []
const microphones: AudioSource[] = []

async function arrive(index: number): Promise<void> {
  const person = await createLightPerson({ url, publishableKey }, `crowd-${index}`)
  const { connectionId } = person
  const joined = await person.rooms.join(roomId, { connectionId, supportsSfu: true })
  if (!joined.ok || joined.value.sfu === null) throw new Error(`crowd-${index} did not get in`)
  await new Promise<void>((resolve) => {
    person.openChannel(joined.value.channel, {
      handleStatus(status) {
        if (status === 'joined') resolve()
      },
    })
  })
  setInterval(() => void person.rooms.heartbeat(roomId, connectionId), HEARTBEAT_MS)
  const room = new Room()
  // What nobody looks at is not encoded; nobody here looks or listens.
  await room.connect(joined.value.sfu.url, joined.value.sfu.token, { autoSubscribe: false, dynacast: true })
  const camera = new VideoSource(WIDTH, HEIGHT)
  await room.localParticipant?.publishTrack(
    LocalVideoTrack.createVideoTrack('camera', camera),
    new TrackPublishOptions({ source: TrackSource.SOURCE_CAMERA, simulcast: false }),
  )
  cameras.push(camera)
  if (index >= Number(microphonesText)) return
  const microphone = new AudioSource(SAMPLE_RATE, 1)
  await room.localParticipant?.publishTrack(
    LocalAudioTrack.createAudioTrack('microphone', microphone),
    new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE, dtx: true }),
  )
  microphones.push(microphone)
}

for (let index = 0; index < Number(countText); index += 1) await arrive(index)
let shown = 0
setInterval(() => {
  shown += 1
  const picture = pictures[shown % pictures.length]
  if (picture === undefined) return
  for (const camera of cameras.slice(0, SEEN)) camera.captureFrame(picture)
  if (shown % UNSEEN_EVERY === 0) for (const camera of cameras.slice(SEEN)) camera.captureFrame(picture)
}, FRAME_MS)
setInterval(() => {
  for (const microphone of microphones) void microphone.captureFrame(silence)
}, AUDIO_FRAME_MS)
process.stdout.write(`${JSON.stringify({ arrived: cameras.length })}\n`)
process.stdin.on('close', () => process.exit(0)).resume()
