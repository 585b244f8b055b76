import type { PlaybackPort } from '../../core/ports/capture.ts'
import type { MediaPath } from '../../core/ports/mediaRoutes.ts'
import type { PerceptionBoard } from './createPerceptionBoard.ts'
import { playChime } from './playChime.ts'
import type { RemoteSource, TrackBoard } from './tracks.ts'
import { createVolumeFade, type VolumeFade } from './volumeFade.ts'

/**
 * Plays everybody's voice: a hidden element for each track of sound, for as long as it is there. Those of the path that is not
 * shown play without volume, so that they are warm when the voice is faded over to them. Nobody is louder than `perceived` says.
 */
export interface Playback extends PlaybackPort {
  dispose(): void
}

interface Voice {
  readonly source: RemoteSource
  readonly element: HTMLAudioElement
  readonly fade: VolumeFade
}

export function createPlayback(
  board: TrackBoard,
  perceived: Pick<PerceptionBoard, 'volumeOf' | 'subscribe'>,
): Playback {
  const voices = new Map<string, Voice>()
  let speakerId = ''

  const keyOf = ({ connectionId, path, kind }: RemoteSource): string => `${path}:${kind}:${connectionId}`

  async function route(element: HTMLAudioElement): Promise<void> {
    // A speaker that is gone: the default plays.
    await element.setSinkId(speakerId).catch(() => element.setSinkId('').catch(() => undefined))
  }

  function selectVolume({ connectionId, path }: RemoteSource): number {
    return board.shownPath(connectionId) === path ? perceived.volumeOf(connectionId) : 0
  }

  function silence(source: RemoteSource): void {
    const voice = voices.get(keyOf(source))
    if (voice === undefined) return
    voice.fade.stop()
    voice.element.srcObject = null
    voice.element.remove()
    voices.delete(keyOf(source))
  }

  function open(source: RemoteSource): Voice {
    const element = new Audio()
    element.autoplay = true
    element.hidden = true
    element.dataset['connectionId'] = source.connectionId
    document.body.append(element)
    if (speakerId !== '') void route(element)
    const voice = { source, element, fade: createVolumeFade(element, selectVolume(source)) }
    element.muted = perceived.volumeOf(source.connectionId) === 0
    voices.set(keyOf(source), voice)
    return voice
  }

  function play(source: RemoteSource, track: MediaStreamTrack): void {
    const { element } = voices.get(keyOf(source)) ?? open(source)
    element.srcObject = new MediaStream([track])
    // Refused until the page has been clicked, which joining does; `autoplay` starts it then.
    element.play().catch(() => undefined)
  }

  function handleRemote(source: RemoteSource): void {
    if (source.kind === 'camera' || source.kind === 'screen') return
    const remote = board.remote(source)
    if (remote === null) silence(source)
    else play(source, remote.track)
  }

  function isFadedOver(path: MediaPath, voice: Voice): boolean {
    return [...voices.values()].some(
      (other) =>
        other.source.connectionId === voice.source.connectionId &&
        other.source.kind === voice.source.kind &&
        other.source.path !== path,
    )
  }

  function handleShown(connectionId: string): void {
    const path = board.shownPath(connectionId)
    for (const voice of voices.values()) {
      if (voice.source.connectionId !== connectionId) continue
      const volume = selectVolume(voice.source)
      // Nothing to fade to or from: somebody who comes is heard at once, and who is not to be heard is silent at once.
      if (path === null || !isFadedOver(voice.source.path, voice)) voice.fade.set(volume)
      else voice.fade.fadeTo(volume)
    }
  }

  /** Whoever is not to be heard is silent at once, whatever fade is under way. */
  function handlePerceived(): void {
    for (const { source, element, fade } of voices.values()) {
      element.muted = perceived.volumeOf(source.connectionId) === 0
      fade.set(selectVolume(source))
    }
  }

  const unsubscribe = [
    board.subscribeToRemote(handleRemote),
    board.subscribeToShown(handleShown),
    perceived.subscribe(handlePerceived),
  ]

  return {
    async setSpeaker(deviceId) {
      speakerId = deviceId ?? ''
      await Promise.all([...voices.values()].map(({ element }) => route(element)))
    },
    playSound: (sound) => playChime(sound, route),
    dispose() {
      for (const end of unsubscribe) end()
      for (const { source } of voices.values()) silence(source)
    },
  }
}
