import type { RemoteTrack } from './tracks.ts'

const READ_INTERVAL_MS = 50
/** Two are 20 to 40 ms of speech; in silence the second comes 400 ms after the first (RFC 7587, 3.1.3). */
const ENOUGH_PACKETS = 2

/** Calls back once when sound has begun to arrive. The answer gives up. */
export function watchSound(remote: RemoteTrack, onArrived: () => void): () => void {
  let isWatching = true

  async function countPackets(): Promise<number> {
    let packets = 0
    // Refused only when the connection is closed.
    const report = await remote.receiver.getStats().catch(() => null)
    report?.forEach((entry: Record<string, unknown>) => {
      if (entry.type === 'inbound-rtp' && typeof entry.packetsReceived === 'number') {
        packets += entry.packetsReceived
      }
    })
    return packets
  }

  async function look(): Promise<void> {
    const packets = await countPackets()
    if (!isWatching || packets < ENOUGH_PACKETS) return
    stop()
    onArrived()
  }

  const timer = setInterval(() => void look(), READ_INTERVAL_MS)
  function stop(): void {
    isWatching = false
    clearInterval(timer)
  }
  return stop
}
