import type { IceServer } from '../../../src/shared/api/rooms.ts'
import { measureRelay } from '../../../src/renderer/adapters/connectionTest/measureRelay.ts'
import type { RelayReading } from '../../../src/renderer/core/ports/connectionTest.ts'

declare global {
  interface Window {
    /** `given up` where `giveUpAfterMs` came first. */
    testRelay(options: {
      readonly iceServers: readonly IceServer[]
      readonly timeMs: number
      readonly giveUpAfterMs?: number
    }): Promise<RelayReading | 'given up'>
  }
}

window.testRelay = async ({ iceServers, timeMs, giveUpAfterMs }) => {
  const giveUp = new AbortController()
  if (giveUpAfterMs !== undefined) setTimeout(() => giveUp.abort(), giveUpAfterMs)
  try {
    return await measureRelay({ iceServers, timeMs, signal: giveUp.signal })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return 'given up'
    throw error
  }
}
