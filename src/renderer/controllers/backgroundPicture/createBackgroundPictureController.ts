import { createStore } from 'zustand/vanilla'
import { PICTURE_MAX_BYTES } from '../../core/effects/readPictureHeader.ts'
import type { BackgroundPicturePort, KeptPicture, PictureFailure } from '../../core/ports/effects.ts'
import type { ReadableStore } from '../contracts.ts'

/** The person's own background, as screens see it. Serialisable. `unread` before anybody has looked. */
export interface BackgroundPictureSnapshot {
  readonly picture: { readonly kind: 'unread' | 'none' } | ({ readonly kind: 'kept' } & KeptPicture)
  readonly isBusy: boolean
  /** Why the last file was not taken, or the last removal did not work. */
  readonly failure: PictureFailure['kind'] | 'notRemoved' | null
}

/** A file that the person chose: the DOM's `File`. */
export interface ChosenFile {
  readonly size: number
  arrayBuffer(): Promise<ArrayBuffer>
}

/** The person's own picture as a background. */
export interface BackgroundPictureController {
  readonly store: ReadableStore<BackgroundPictureSnapshot>
  /** Reads what is kept, once. */
  read(): Promise<void>
  /** Keeps it in place of the one before; true when it is there. What is not taken leaves that one as it was. */
  choose(file: ChosenFile): Promise<boolean>
  /** True when it is gone. */
  remove(): Promise<boolean>
}

export function createBackgroundPictureController(deps: {
  readonly port: BackgroundPicturePort
}): BackgroundPictureController {
  const { port } = deps
  const store = createStore<BackgroundPictureSnapshot>(() => ({
    picture: { kind: 'unread' },
    isBusy: false,
    failure: null,
  }))
  let reading: Promise<void> | null = null

  async function read(): Promise<void> {
    const kept = await port.load()
    // A file that was chosen meanwhile is newer.
    if (store.getState().picture.kind !== 'unread') return
    store.setState({ picture: kept === null ? { kind: 'none' } : { kind: 'kept', ...kept } })
  }

  async function take(file: ChosenFile) {
    if (file.size > PICTURE_MAX_BYTES) return { kind: 'tooLarge' } as const
    let bytes: ArrayBuffer
    try {
      bytes = await file.arrayBuffer()
    } catch {
      // It was moved, or lies on a disk that is not there any more.
      return { kind: 'unreadable' } as const
    }
    const kept = await port.keep(bytes)
    if (!kept.ok) return kept.error
    store.setState({ picture: { kind: 'kept', ...kept.value } })
    return null
  }

  return {
    store,
    read: () => (reading ??= read()),
    async choose(file) {
      store.setState({ isBusy: true, failure: null })
      const failure = await take(file)
      store.setState({ isBusy: false, failure: failure?.kind ?? null })
      return failure === null
    },
    async remove() {
      store.setState({ isBusy: true, failure: null })
      const isGone = await port.remove()
      store.setState({
        isBusy: false,
        ...(isGone ? { picture: { kind: 'none' } } : { failure: 'notRemoved' }),
      })
      return isGone
    },
  }
}
