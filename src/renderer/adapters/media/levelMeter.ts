import type { LocalTracks } from './tracks.ts'

const READ_INTERVAL_MS = 66
const WINDOW_SAMPLES = 1_024
/** Levels below are a quiet room. */
const FLOOR_DECIBEL = -60

/** Measures our microphone's level, and costs nothing while nobody listens. */
export interface LevelMeter {
  /** Calls back about 15 times a second with 0 to 1; the answer stops it. */
  subscribe(listener: (level: number) => void): () => void
}

export function createLevelMeter(tracks: LocalTracks): LevelMeter {
  const listeners = new Set<(level: number) => void>()
  let stopMeasuring: (() => void) | null = null

  function tell(level: number): void {
    for (const listener of listeners) listener(level)
  }

  return {
    subscribe(listener) {
      listeners.add(listener)
      stopMeasuring ??= measure(tracks, tell)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        stopMeasuring?.()
        stopMeasuring = null
      }
    },
  }
}

function measure(tracks: LocalTracks, tell: (level: number) => void): () => void {
  const context = new AudioContext()
  const analyser = new AnalyserNode(context, { fftSize: WINDOW_SAMPLES })
  const samples = new Float32Array(WINDOW_SAMPLES)
  let source: MediaStreamAudioSourceNode | null = null
  let followed: MediaStreamTrack | null = null

  function follow(): void {
    const track = tracks.current('microphone')
    // It was only silenced, or is heard again.
    if (track === followed) return
    followed = track
    source?.disconnect()
    source = track === null ? null : context.createMediaStreamSource(new MediaStream([track]))
    source?.connect(analyser)
  }

  follow()
  const unsubscribe = tracks.subscribe((kind) => {
    if (kind === 'microphone') follow()
  })
  const timer = setInterval(() => {
    if (source === null) return tell(0)
    analyser.getFloatTimeDomainData(samples)
    tell(toLevel(samples))
  }, READ_INTERVAL_MS)
  // Refused only when it is closed already.
  context.resume().catch(() => undefined)

  return () => {
    clearInterval(timer)
    unsubscribe()
    source?.disconnect()
    context.close().catch(() => undefined)
  }
}

/** The loudness of samples from silence (0) to full scale (1), linear in decibel, as ears hear it. */
export function toLevel(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
  if (power === 0) return 0
  const decibel = 10 * Math.log10(power)
  return Math.min(1, Math.max(0, 1 - decibel / FLOOR_DECIBEL))
}
