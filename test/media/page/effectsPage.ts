/// <reference types="vite/client" />
import { createBackgroundStage } from '../../../src/renderer/adapters/background/createBackgroundStage.ts'
import { createNoiseStage } from '../../../src/renderer/adapters/noiseSuppression/createNoiseStage.ts'
import type {
  BackgroundChoice,
  BackgroundState,
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
  simplify(isSimple: boolean): void
  backgroundState(): BackgroundState
  /** Every track that was handed on so far, by what it is; the camera's own is `camera`. */
  handedOn(): readonly ('nothing' | 'camera' | 'made')[]
  /** How much neighbouring pixels differ there, 0 to 255, in the next picture that is sent; null while nothing is. */
  detail(region: Region): Promise<number | null>
  /** Pictures that are sent in so many milliseconds. */
  countFrames(durationMs: number): Promise<number>
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
  simplify: (isSimple) => background.simplify(isSimple),
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
