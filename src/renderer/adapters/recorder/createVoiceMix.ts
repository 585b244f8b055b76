import type { RecordedTrack } from './recordedTracks.ts'

/** Everybody's voice as one track. */
export interface VoiceMix {
  readonly track: MediaStreamTrack
  /** Who is heard from now on, by key. */
  set(voices: ReadonlyMap<string, RecordedTrack>): void
  dispose(): void
}

interface Voice {
  readonly track: MediaStreamTrack
  readonly node: MediaStreamAudioSourceNode
}

/** What is muted is silent in it by itself: its track is. */
export function createVoiceMix(): VoiceMix {
  const context = new AudioContext({ latencyHint: 'playback' })
  const destination = context.createMediaStreamDestination()
  const [track] = destination.stream.getAudioTracks()
  if (track === undefined) throw new TypeError('no sound')
  const voices = new Map<string, Voice>()
  void context.resume()

  function drop(key: string): void {
    voices.get(key)?.node.disconnect()
    voices.delete(key)
  }

  return {
    track,
    set(wanted) {
      for (const [key, voice] of voices) if (wanted.get(key)?.track !== voice.track) drop(key)
      for (const [key, { track: voice }] of wanted) {
        if (voices.has(key)) continue
        const node = context.createMediaStreamSource(new MediaStream([voice]))
        node.connect(destination)
        voices.set(key, { track: voice, node })
      }
    },
    dispose() {
      for (const key of voices.keys()) drop(key)
      void context.close()
    },
  }
}
