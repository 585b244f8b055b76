import { err, ok } from '../../../shared/result.ts'
import type { BackgroundPicturePort, KeptPicture } from '../../core/ports/effects.ts'
import type { Logger } from '../../core/ports/logger.ts'
import { deletePicture, readPicture, writePicture } from './pictureStorage.ts'
import type { TakenPicture } from './workerMessages.ts'

/** The person's own background: taken in a worker of its own, which ends with it, and kept in the page's storage. */
export function createBackgroundPicture(deps: { readonly logger: Logger }): BackgroundPicturePort {
  let shown: KeptPicture | null = null

  /** One address at a time. */
  function show(picture: Blob): KeptPicture {
    hide()
    const next = { url: URL.createObjectURL(picture) }
    shown = next
    return next
  }

  function hide(): null {
    if (shown !== null) URL.revokeObjectURL(shown.url)
    shown = null
    return null
  }

  return {
    async load() {
      try {
        const kept = await readPicture()
        return kept === null ? hide() : show(kept)
      } catch (error) {
        deps.logger.warn('the background’s picture could not be read', { error: String(error) })
        return hide()
      }
    },
    async keep(file) {
      const taken = await take(file)
      if (!taken.ok) return taken
      try {
        await writePicture(taken.value)
      } catch (error) {
        deps.logger.warn('the background’s picture could not be kept', { error: String(error) })
        return err({ kind: 'notKept' })
      }
      return ok(show(taken.value))
    },
    async remove() {
      try {
        await deletePicture()
        hide()
        return true
      } catch (error) {
        deps.logger.warn('the background’s picture could not be removed', { error: String(error) })
        return false
      }
    },
  }
}

async function take(file: ArrayBuffer): Promise<TakenPicture> {
  const worker = new Worker(new URL('./pictureWorker.ts', import.meta.url), { type: 'module' })
  try {
    return await new Promise<TakenPicture>((resolve) => {
      worker.addEventListener('message', ({ data }: MessageEvent<TakenPicture>) => resolve(data))
      // It broke, or ran out of memory over it.
      worker.addEventListener('error', () => resolve(err({ kind: 'unreadable' })))
      worker.postMessage(file, [file])
    })
  } finally {
    worker.terminate()
  }
}
