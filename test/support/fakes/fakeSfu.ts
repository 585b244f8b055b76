import type { SfuHandlers, SfuOptions, SfuPort } from '../../../src/renderer/core/ports/sfu.ts'

/** A session that does only what a test tells it. */
export interface FakeSfuSession {
  readonly options: SfuOptions
  readonly handlers: SfuHandlers
  isOpen: boolean
  /** Who may receive what is sent. */
  receivers: readonly string[]
}

export interface FakeSfu extends SfuPort {
  /** All that were ever opened, oldest first. */
  readonly opened: FakeSfuSession[]
  isWarm: boolean
  /** The session that is open; throws when there is none. */
  session(): FakeSfuSession
}

export function createFakeSfu(): FakeSfu {
  const opened: FakeSfuSession[] = []
  return {
    opened,
    isWarm: false,
    warmUp() {
      this.isWarm = true
    },
    session() {
      const session = opened.findLast((known) => known.isOpen)
      if (session === undefined) throw new Error('no session is open')
      return session
    },
    open(options, handlers) {
      const session: FakeSfuSession = { options, handlers, isOpen: true, receivers: options.receivers }
      opened.push(session)
      return {
        setReceivers(connectionIds) {
          session.receivers = connectionIds
        },
        close() {
          session.isOpen = false
        },
      }
    },
  }
}
