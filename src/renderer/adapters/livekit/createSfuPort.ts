import type { SfuPort, SfuSession } from '../../core/ports/sfu.ts'
import type { openSfuSession, SfuDependencies } from './openSfuSession.ts'

/**
 * Sessions on a LiveKit server. They send what `tracks` has and put what arrives into `sink`. LiveKit's client weighs more than all
 * else in a room, and most rooms need none: it is fetched when a room does, or is about to.
 */
export function createSfuPort(deps: SfuDependencies): SfuPort {
  let loading: Promise<typeof openSfuSession> | null = null

  async function fetchCode(): Promise<typeof openSfuSession> {
    try {
      return (await import('./openSfuSession.ts')).openSfuSession
    } catch (error) {
      // The next try asks again.
      loading = null
      throw error
    }
  }

  function load(): Promise<typeof openSfuSession> {
    loading ??= fetchCode()
    return loading
  }

  return {
    warmUp: () => void load().catch(() => undefined),
    open(options, handlers) {
      let session: SfuSession | null = null
      let isOpen = true
      let receivers = options.receivers
      const begin = async (): Promise<void> => {
        try {
          const openSession = await load()
          if (isOpen) session = openSession(deps, { ...options, receivers }, handlers)
        } catch (error) {
          deps.logger.warn('no media server client', { error: String(error) })
          if (isOpen) handlers.handleGone('unreachable')
        }
      }
      void begin()
      return {
        setReceivers(connectionIds) {
          receivers = connectionIds
          session?.setReceivers(connectionIds)
        },
        close() {
          isOpen = false
          session?.close()
        },
      }
    },
  }
}
