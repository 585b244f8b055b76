/// <reference types="vite/client" />
import { createBackgroundStage } from '../../../src/renderer/adapters/background/createBackgroundStage.ts'
import { createBackgroundPicture } from '../../../src/renderer/adapters/background/createBackgroundPicture.ts'
import { readPicture } from '../../../src/renderer/adapters/background/pictureStorage.ts'
import { createNoiseStage } from '../../../src/renderer/adapters/noiseSuppression/createNoiseStage.ts'
import type {
  BackgroundChoice,
  BackgroundState,
  EffectRelief,
  NoiseSuppressionChoice,
  NoiseSuppressionState,
} from '../../../src/renderer/core/ports/effects.ts'
import { silentLogger } from '../../support/fakes/silentLogger.ts'

/** A part of the picture, in pixels of 640×480. */
export interface Region {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** What a test drives the page by. */
export interface EffectsPage {
  openCamera(): Promise<void>
  chooseBackground(choice: BackgroundChoice): void
  relieve(relief: EffectRelief): void
  backgroundState(): BackgroundState
  /** Every track that was handed on so far, by what it is; the camera's own is `camera`. */
  handedOn(): readonly ('nothing' | 'camera' | 'made')[]
  /** How much neighbouring pixels differ there, 0 to 255, in the next picture that is sent; null while nothing is. */
  detail(region: Region): Promise<number | null>
  /** Pictures that are sent in so many milliseconds. */
  countFrames(durationMs: number): Promise<number>
  /** Keeps a photo as a background: of one colour, 3000×2000, taken at a place that its file tells. What became of it. */
  keepPhoto(): Promise<{
    readonly type: string
    readonly width: number
    readonly height: number
    readonly tellsPlace: boolean
  } | null>
  /** Why a file of these bytes is not taken; null: it was. */
  keepBytes(bytes: readonly number[]): Promise<string | null>
  removePicture(): Promise<boolean>
  /** Whether any is kept, as a page that begins anew finds it. */
  hasPicture(): Promise<boolean>
  /** The colour at the upper left corner of the next picture that is sent. */
  cornerColour(): Promise<readonly [number, number, number]>
  /** Opens a microphone that hears nothing but a steady hiss. */
  openHiss(): void
  chooseNoise(choice: NoiseSuppressionChoice): void
  noiseState(): NoiseSuppressionState
  /** How loud what is sent is, in decibel of full scale, over a second. */
  loudness(): Promise<number>
  setMicrophoneEnabled(isEnabled: boolean): void
}

declare global {
  interface Window {
    effectsPage: EffectsPage
  }
}

const background = createBackgroundStage({ logger: silentLogger })
const noise = createNoiseStage({ logger: silentLogger })
const pictures = createBackgroundPicture({ logger: silentLogger })
const PLACE = 'Exif 52.5200 N 13.4050 E'
const shown = document.createElement('video')
shown.muted = true
document.body.append(shown)
let camera: MediaStreamTrack | null = null
let microphone: MediaStreamTrack | null = null
let sent: MediaStreamTrack | null = null
let sentSound: MediaStreamTrack | null = null
let backgroundState: BackgroundState = 'off'
let noiseState: NoiseSuppressionState = 'off'
const handedOn: ('nothing' | 'camera' | 'made')[] = []

background.watch((state) => {
  backgroundState = state
})
noise.watch((state) => {
  noiseState = state
})

function show(track: MediaStreamTrack | null): void {
  handedOn.push(track === null ? 'nothing' : track === camera ? 'camera' : 'made')
  sent = track
  shown.srcObject = track === null ? null : new MediaStream([track])
  if (track !== null) void shown.play().catch(() => undefined)
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    shown.requestVideoFrameCallback(() => resolve())
  })
}

function measureDetail({ left, top, width, height }: Region): number {
  const canvas = new OffscreenCanvas(640, 480)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no canvas')
  context.drawImage(shown, 0, 0, 640, 480)
  const { data } = context.getImageData(left, top, width, height)
  let sum = 0
  for (let row = 0; row < height; row += 1) {
    for (let column = 1; column < width; column += 1) {
      const at = 4 * (row * width + column)
      sum += Math.abs((data[at + 1] ?? 0) - (data[at - 3] ?? 0))
    }
  }
  return sum / (height * (width - 1))
}

/** A JPEG of one colour with a segment, as cameras write it, that tells where it was taken. */
async function takePhoto(): Promise<ArrayBuffer> {
  const canvas = new OffscreenCanvas(3_000, 2_000)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no canvas')
  context.fillStyle = '#c81e3c'
  context.fillRect(0, 0, canvas.width, canvas.height)
  const photo = await canvas.convertToBlob({ type: 'image/jpeg' })
  const place = new TextEncoder().encode(PLACE)
  const segment = Uint8Array.of(0xff, 0xe1, 0, place.length + 2)
  return new Blob([photo.slice(0, 2), segment, place, photo.slice(2)]).arrayBuffer()
}

function createHiss(): MediaStreamTrack {
  const context = new AudioContext({ sampleRate: 48_000 })
  const buffer = context.createBuffer(1, 96_000, 48_000)
  const samples = buffer.getChannelData(0)
  for (let index = 0; index < samples.length; index += 1) samples[index] = (Math.random() * 2 - 1) * 0.05
  const source = new AudioBufferSourceNode(context, { buffer, loop: true })
  const destination = context.createMediaStreamDestination()
  source.connect(destination)
  source.start()
  const [track] = destination.stream.getAudioTracks()
  if (track === undefined) throw new Error('no track')
  return track
}

async function measureLoudness(track: MediaStreamTrack): Promise<number> {
  const context = new AudioContext({ sampleRate: 48_000 })
  const analyser = new AnalyserNode(context, { fftSize: 2_048 })
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
  const samples = new Float32Array(2_048)
  let power = 0
  let count = 0
  const untilMs = performance.now() + 1_000
  while (performance.now() < untilMs) {
    await new Promise((resolve) => setTimeout(resolve, 40))
    analyser.getFloatTimeDomainData(samples)
    power += samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
    count += 1
  }
  await context.close()
  return 10 * Math.log10(power / count + 1e-12)
}

window.effectsPage = {
  async openCamera() {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } })
    camera = stream.getVideoTracks()[0] ?? null
    background.feed(camera, show)
  },
  chooseBackground: (choice) => background.choose(choice),
  relieve: (relief) => background.relieve(relief),
  backgroundState: () => backgroundState,
  handedOn: () => handedOn,
  async detail(region) {
    if (sent === null) return null
    // The first picture after a change may be one from before.
    await nextFrame()
    await nextFrame()
    return measureDetail(region)
  },
  async countFrames(durationMs) {
    let count = 0
    const untilMs = performance.now() + durationMs
    while (performance.now() < untilMs) {
      await nextFrame()
      count += 1
    }
    return count
  },
  async keepPhoto() {
    const photo = await takePhoto()
    const kept = await pictures.keep(photo.slice(0))
    if (!kept.ok) return null
    // As the settings show it, and as it lies on the disk.
    const image = new Image()
    image.src = kept.value.url
    await image.decode()
    const file = await readPicture()
    if (file === null || !(await new Response(photo).text()).includes(PLACE)) return null
    const { naturalWidth: width, naturalHeight: height } = image
    return { type: file.type, width, height, tellsPlace: (await file.text()).includes(PLACE) }
  },
  async keepBytes(bytes) {
    const kept = await pictures.keep(Uint8Array.from(bytes).buffer)
    return kept.ok ? null : kept.error.kind
  },
  removePicture: () => pictures.remove(),
  hasPicture: async () => (await createBackgroundPicture({ logger: silentLogger }).load()) !== null,
  async cornerColour() {
    await nextFrame()
    await nextFrame()
    const context = new OffscreenCanvas(1, 1).getContext('2d')
    if (context === null) throw new Error('no canvas')
    context.drawImage(shown, 0, 0, 40, 40, 0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
    return [red, green, blue]
  },
  openHiss() {
    microphone = createHiss()
    noise.feed(microphone, (track) => {
      sentSound = track
    })
  },
  chooseNoise: (choice) => noise.choose(choice),
  noiseState: () => noiseState,
  loudness: async () => (sentSound === null ? -Infinity : await measureLoudness(sentSound)),
  setMicrophoneEnabled(isEnabled) {
    if (microphone !== null) microphone.enabled = isEnabled
  },
}
