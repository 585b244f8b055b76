import type { LobbyFeedHandlers, LobbyFeedPort } from '../../../src/renderer/core/ports/lobbyFeed.ts'

/** A feed that tells what a test has it tell. */
export interface FakeLobbyFeed extends LobbyFeedPort {
  /** Whoever listens; null while nobody does. */
  handlers: LobbyFeedHandlers | null
}

export function createFakeLobbyFeed(): FakeLobbyFeed {
  return {
    handlers: null,
    open(handlers) {
      this.handlers = handlers
      return () => {
        this.handlers = null
      }
    },
  }
}
