import { loadRnnoise, RnnoiseWorkletNode } from '@sapphi-red/web-noise-suppressor'
import plainUrl from '@sapphi-red/web-noise-suppressor/rnnoise.wasm?url'
import simdUrl from '@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm?url'
// oxlint-disable-next-line import/default -- the default export is Vite's: the file's address
import workletUrl from '@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js?url'
import type {
  NoiseSuppressionChoice,
  NoiseSuppressionPort,
  NoiseSuppressionState,
} from '../../core/ports/effects.ts'
import type { Logger } from '../../core/ports/logger.ts'

/** RNNoise was trained at this rate and works at no other. */
const SAMPLE_RATE_HZ = 48_000

/** The stage that a microphone's sound goes through, and how it is governed. */
export interface NoiseStage extends NoiseSuppressionPort {
  feed(source: MediaStreamTrack | null, onOutput: (track: MediaStreamTrack | null) => void): void
  dispose(): void
}

/**
 * RNNoise in the browser's audio thread. The microphone's own track is handed on until the other one carries sound, and
 * whenever RNNoise cannot run: voices matter more than noise.
 */
export function createNoiseStage(deps: { readonly logger: Logger }): NoiseStage {
  const listeners = new Set<(state: NoiseSuppressionState) => void>()
  let choice: NoiseSuppressionChoice = 'standard'
  let source: MediaStreamTrack | null = null
  let output: (track: MediaStreamTrack | null) => void = () => undefined
  let graph: { readonly track: MediaStreamTrack; close(): void } | null = null
  let attempt = 0
  let state: NoiseSuppressionState = 'off'

  function setState(next: NoiseSuppressionState): void {
    if (state === next) return
    state = next
    for (const listener of listeners) listener(state)
  }

  function endGraph(): void {
    attempt += 1
    graph?.close()
    graph = null
  }

  async function start(microphone: MediaStreamTrack): Promise<void> {
    const mine = attempt
    setState('starting')
    try {
      const opened = await openGraph(microphone)
      if (mine !== attempt) return opened.close()
      graph = opened
      output(opened.track)
      setState('on')
    } catch (error) {
      if (mine !== attempt) return
      deps.logger.warn('no strong noise suppression', { error: String(error) })
      setState('unavailable')
    }
  }

  function reconcile(): void {
    endGraph()
    output(source)
    if (source === null || choice === 'standard') setState('off')
    else void start(source)
  }

  return {
    feed(next, onOutput) {
      source = next
      output = onOutput
      reconcile()
    },
    choose(next) {
      if (choice === next) return
      choice = next
      reconcile()
    },
    watch(listener) {
      listeners.add(listener)
      listener(state)
      return () => listeners.delete(listener)
    },
    dispose() {
      endGraph()
      listeners.clear()
    },
  }
}

/** Microphone, RNNoise, a new track. Resolves once sound goes through. */
async function openGraph(microphone: MediaStreamTrack): Promise<{ track: MediaStreamTrack; close(): void }> {
  const context = new AudioContext({ sampleRate: SAMPLE_RATE_HZ, latencyHint: 'interactive' })
  try {
    const [wasmBinary] = await Promise.all([
      loadRnnoise({ url: plainUrl, simdUrl }),
      context.audioWorklet.addModule(workletUrl),
      context.resume(),
    ])
    const input = context.createMediaStreamSource(new MediaStream([microphone]))
    const suppressor = new RnnoiseWorkletNode(context, { wasmBinary, maxChannels: 1 })
    const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 })
    input.connect(suppressor).connect(destination)
    const [track] = destination.stream.getAudioTracks()
    if (track === undefined) throw new Error('The browser gave no track.')
    track.contentHint = microphone.contentHint
    return {
      track,
      close() {
        input.disconnect()
        suppressor.destroy()
        track.stop()
        // Refused only when it is closed already.
        context.close().catch(() => undefined)
      },
    }
  } catch (error) {
    context.close().catch(() => undefined)
    throw error
  }
}
