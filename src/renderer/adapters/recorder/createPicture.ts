import { planRecordedPicture } from '../../core/recording/planRecordedPicture.ts'
import type { RecordedPerson } from '../../core/ports/recorder.ts'
import type { DrawnTile, FromComposer, ToComposer } from './recorderMessages.ts'
import { keyOf, type RecordedTrack } from './recordedTracks.ts'

/** Between and around the tiles, in pixels. */
const GAP = 8

export interface PictureFormat {
  readonly width: number
  readonly height: number
  readonly framerate: number
}

/** One picture of everybody, as a track. */
export interface Picture {
  readonly track: MediaStreamTrack
  /** Who is seen from now on, and the tracks of their pictures by key. */
  set(people: readonly RecordedPerson[], tracks: ReadonlyMap<string, RecordedTrack>): void
  setPaused(isPaused: boolean): void
  dispose(): void
}

/** A stream of pictures on its way to the worker. */
interface Feed {
  readonly track: MediaStreamTrack
  readonly release: () => void
}

/** Drawn in a worker, which gets every picture as a stream of its own: nothing of it passes through the window's thread. */
export function createPicture(deps: {
  readonly format: PictureFormat
  /** Stand in the place of a camera that is off. */
  readonly initialsOf: (displayName: string) => string
  readonly onFailed: (message: string) => void
}): Picture {
  const { format, onFailed } = deps
  const worker = new Worker(new URL('./composerWorker.ts', import.meta.url), { type: 'module' })
  const generator = new MediaStreamTrackGenerator({ kind: 'video' })
  const feeds = new Map<string, Feed>()
  let isOver = false
  worker.addEventListener('message', ({ data }: MessageEvent<FromComposer>) => fail(data.message))
  worker.addEventListener('error', (event) => fail(event.message))
  const { writable } = generator
  post({ kind: 'start', ...format, writable }, [writable])

  function post(message: ToComposer, transfer: Transferable[] = []): void {
    worker.postMessage(message, transfer)
  }

  /** What is handed on while it ends goes nowhere, and is missed by nobody. */
  function fail(message: string): void {
    if (!isOver) onFailed(message)
  }

  function feed(key: string, { track, attach }: RecordedTrack): void {
    const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 })
    feeds.set(key, { track, release: attach === null ? () => undefined : ask(attach) })
    post({ kind: 'feed', key, readable }, [readable])
  }

  /** The media server sends what an element in sight shows, in its size; nobody sees this one. */
  function ask(attach: NonNullable<RecordedTrack['attach']>): () => void {
    const element = document.createElement('video')
    element.muted = true
    element.ariaHidden = 'true'
    Object.assign(element.style, {
      position: 'fixed',
      insetBlockStart: '0',
      insetInlineStart: '0',
      inlineSize: `${format.width / 2}px`,
      blockSize: `${format.height / 2}px`,
      opacity: '0',
      zIndex: '-1',
      pointerEvents: 'none',
    })
    document.body.append(element)
    const detach = attach(element)
    return () => {
      detach()
      element.srcObject = null
      element.remove()
    }
  }

  function drop(key: string): void {
    feeds.get(key)?.release()
    feeds.delete(key)
  }

  return {
    track: generator,
    set(people, tracks) {
      const box = { width: format.width - 2 * GAP, height: format.height - 2 * GAP, gap: GAP }
      const tiles = planRecordedPicture(people, box).map(
        ({ connectionId, displayName, picture, rect }): DrawnTile => {
          const key = picture === null ? null : keyOf(connectionId, picture)
          return {
            key: key !== null && tracks.has(key) ? key : null,
            name: displayName,
            initials: deps.initialsOf(displayName),
            rect: { ...rect, x: rect.x + GAP, y: rect.y + GAP },
            fit: picture === 'screen' ? 'contain' : 'cover',
          }
        },
      )
      const shown = new Set(tiles.map(({ key }) => key))
      for (const [key, { track }] of feeds) {
        if (!shown.has(key) || tracks.get(key)?.track !== track) drop(key)
      }
      post({ kind: 'show', tiles })
      for (const [key, track] of tracks) if (shown.has(key) && !feeds.has(key)) feed(key, track)
    },
    setPaused: (isPaused) => post({ kind: 'pause', isPaused }),
    dispose() {
      isOver = true
      for (const key of feeds.keys()) drop(key)
      post({ kind: 'stop' })
      generator.stop()
    },
  }
}
