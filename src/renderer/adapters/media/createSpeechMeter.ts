import type { MediaPath } from '../../core/ports/mediaRoutes.ts'
import type { SpeechPort } from '../../core/ports/speech.ts'
import type { TrackBoard } from './tracks.ts'

const READ_INTERVAL_MS = 200
/** In silence a packet comes every 400 ms (Opus DTX); of a voice from which none has come for longer, the last level is no news. */
const STALE_AFTER_READS = 3

/** The port, and where the media server's word is heard. */
export interface SpeechMeter extends SpeechPort {
  /** Who speaks on the media server, and how loud; everybody else there is silent. */
  setServerLevels(levels: ReadonlyMap<string, number>): void
  dispose(): void
}

/** What was last heard of a receiver. */
interface Heard {
  readonly timestamp: number
  readonly sinceReads: number
}

/**
 * Voices that come directly tell their level with each packet (RFC 6464), and asking for the latest costs next to nothing
 * (`getSynchronizationSources`). The media server does not pass those on, and tells itself who speaks.
 */
export function createSpeechMeter(board: TrackBoard): SpeechMeter {
  const listeners = new Set<(levels: ReadonlyMap<string, number>) => void>()
  const heard = new WeakMap<RTCRtpReceiver, Heard>()
  /** By which paths somebody's voice comes. */
  const voices = new Map<string, Set<MediaPath>>()
  let serverLevels: ReadonlyMap<string, number> = new Map()
  let timer: ReturnType<typeof setInterval> | null = null

  const unsubscribe = board.subscribeToRemote((source) => {
    if (source.kind !== 'microphone') return
    const paths = voices.get(source.connectionId) ?? new Set()
    if (board.remote(source) === null) paths.delete(source.path)
    else paths.add(source.path)
    if (paths.size === 0) voices.delete(source.connectionId)
    else voices.set(source.connectionId, paths)
  })

  function readDirectLevel(connectionId: string): number {
    const receiver = board.remote({ connectionId, path: 'mesh', kind: 'microphone' })?.receiver
    const [latest] = receiver?.getSynchronizationSources() ?? []
    if (receiver === undefined || latest?.audioLevel === undefined) return 0
    const before = heard.get(receiver)
    const sinceReads = before?.timestamp === latest.timestamp ? before.sinceReads + 1 : 0
    heard.set(receiver, { timestamp: latest.timestamp, sinceReads })
    return sinceReads < STALE_AFTER_READS ? latest.audioLevel : 0
  }

  function read(): void {
    const levels = new Map<string, number>()
    for (const connectionId of voices.keys()) {
      const isOnServer = board.shownPath(connectionId) === 'sfu'
      levels.set(
        connectionId,
        isOnServer ? (serverLevels.get(connectionId) ?? 0) : readDirectLevel(connectionId),
      )
    }
    for (const listener of listeners) listener(levels)
  }

  function stop(): void {
    if (timer !== null) clearInterval(timer)
    timer = null
  }

  return {
    setServerLevels(levels) {
      serverLevels = levels
    },
    subscribe(listener) {
      listeners.add(listener)
      timer ??= setInterval(read, READ_INTERVAL_MS)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) stop()
      }
    },
    dispose() {
      stop()
      unsubscribe()
    },
  }
}
