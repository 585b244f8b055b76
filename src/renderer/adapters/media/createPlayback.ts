import type { PlaybackPort } from '../../core/ports/capture.ts'
import { playChime } from './playChime.ts'
import type { TrackBoard } from './tracks.ts'

/** Plays everybody's voice, one hidden element a person, for as long as their tracks are there. */
export interface Playback extends PlaybackPort {
  dispose(): void
}

export function createPlayback(board: TrackBoard): Playback {
  const elements = new Map<string, HTMLAudioElement>()
  let speakerId = ''

  function silence(connectionId: string): void {
    const element = elements.get(connectionId)
    if (element === undefined) return
    element.srcObject = null
    element.remove()
    elements.delete(connectionId)
  }

  async function route(element: HTMLAudioElement): Promise<void> {
    // A speaker that is gone: the default plays.
    await element.setSinkId(speakerId).catch(() => element.setSinkId('').catch(() => undefined))
  }

  function play(connectionId: string, track: MediaStreamTrack): void {
    const element = elements.get(connectionId) ?? new Audio()
    if (!elements.has(connectionId)) {
      elements.set(connectionId, element)
      element.autoplay = true
      element.hidden = true
      document.body.append(element)
      if (speakerId !== '') void route(element)
    }
    element.srcObject = new MediaStream([track])
    // Refused until the page has been clicked, which joining does; `autoplay` starts it then.
    element.play().catch(() => undefined)
  }

  const unsubscribe = board.subscribeToRemote((connectionId) => {
    const pair = board.remote(connectionId)
    if (pair === null) silence(connectionId)
    else play(connectionId, pair.audio)
  })

  return {
    async setSpeaker(deviceId) {
      speakerId = deviceId ?? ''
      await Promise.all([...elements.values()].map(route))
    },
    playTestSound: () => playChime(route),
    dispose() {
      unsubscribe()
      for (const connectionId of elements.keys()) silence(connectionId)
    },
  }
}
