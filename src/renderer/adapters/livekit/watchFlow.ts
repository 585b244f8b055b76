import { type Room, RoomEvent } from 'livekit-client'
import { followSfuFlow, type SfuFlow, type SfuReading } from '../../core/topology/sfuFlow.ts'

/** Hidden windows get a timer at most once a second, which the limits allow for. */
const LOOK_INTERVAL_MS = 500

/**
 * Notices when media stops, beside LiveKit's own means: its client says nothing while it seeks a lost server in the way in which it hopes to keep the
 * media, and waits for the browser to give a path up, which takes some 15 s. Where signaling still works the path is then sought anew
 * at once, which also finds one by TCP. The answer ends it.
 */
export function watchFlow(room: Room, onChange: (isFlowing: boolean) => void): () => void {
  let flow: SfuFlow | null = null
  let timer: ReturnType<typeof setInterval> | undefined
  let isSignalingLost = false
  let isLooking = false
  let isOpen = true

  function update(next: SfuFlow | null): void {
    const wasStalled = flow?.isStalled ?? false
    flow = next
    const isStalled = next?.isStalled ?? false
    // A connection that was made anew says so itself.
    if (next !== null && isStalled !== wasStalled) onChange(!isStalled)
  }

  async function look(): Promise<void> {
    if (isLooking) return
    isLooking = true
    const reading = await readFlow(room)
    isLooking = false
    if (!isOpen || reading === null) return
    const { flow: next, restarts } = followSfuFlow(flow, reading, performance.now(), isSignalingLost)
    update(next)
    // Its own way to seek the path anew; that it is there for tests is no matter.
    if (restarts) void room.simulateScenario('signal-reconnect').catch(() => undefined)
  }

  const follow = (isLost: boolean) => () => {
    isSignalingLost = isLost
    if (!isLost) update(null)
    timer ??= setInterval(() => void look(), LOOK_INTERVAL_MS)
  }
  room
    .on(RoomEvent.Connected, follow(false))
    .on(RoomEvent.Reconnected, follow(false))
    .on(RoomEvent.SignalReconnecting, follow(true))
    .on(RoomEvent.Reconnecting, follow(true))
  return () => {
    isOpen = false
    clearInterval(timer)
  }
}

/** Of the connection that receives; null while there is none. */
async function readFlow(room: Room): Promise<SfuReading | null> {
  const connections = room.engine?.pcManager
  const connection = connections?.subscriber ?? connections?.publisher
  if (connection === undefined) return null
  // What one stream tells names its transport as well, and costs less than everything of fifty people.
  const stream = connection.getTransceivers().find(({ currentDirection }) => currentDirection === 'recvonly')
  const small = await stream?.receiver.getStats().catch(() => null)
  return selectReading(small) ?? selectReading(await connection.getStats()?.catch(() => null))
}

function selectReading(report: RTCStatsReport | null | undefined): SfuReading | null {
  // The report is a map of untyped records.
  const entries: Record<string, unknown>[] = []
  report?.forEach((entry: Record<string, unknown>) => entries.push(entry))
  const transport = entries.find((entry) => entry['type'] === 'transport')
  const pair = entries.find((entry) => entry['id'] === transport?.['selectedCandidatePairId'])
  if (transport === undefined) return null
  return { bytes: Number(transport['bytesReceived']), answers: Number(pair?.['responsesReceived'] ?? 0) }
}
