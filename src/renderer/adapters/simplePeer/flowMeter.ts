import {
  type FlowWatch,
  handleHeard,
  handleReading,
  isDoubtful,
  startFlowWatch,
} from '../../core/call/flowWatch.ts'

/** Hidden windows get a timer at most once a second, which the limits allow for. */
const PULSE_INTERVAL_MS = 500

/** Notices within some two seconds when nothing arrives over a connection any more, and when something does again. */
export interface FlowMeter {
  /** The connection stands. May be repeated. */
  start(): void
  /** The other side's pulse has come. */
  handlePulse(): void
  stop(): void
}

/**
 * Both sides send a pulse all the time, so that silence means something also where nobody speaks and no camera is on. Browsers take
 * more than seven seconds to notice a path that is cut (measured), and say nothing of the moment at which it is back.
 */
export function createFlowMeter(deps: {
  readonly connection: RTCPeerConnection
  readonly sendPulse: () => void
  readonly onChange: (isFlowing: boolean) => void
}): FlowMeter {
  const { connection } = deps
  let watch: FlowWatch | null = null
  let timer: ReturnType<typeof setInterval> | undefined
  let isReading = false

  function update(next: FlowWatch): void {
    const wasStalled = watch?.isStalled
    watch = next
    if (next.isStalled !== wasStalled) deps.onChange(!next.isStalled)
  }

  async function readBytes(): Promise<void> {
    if (isReading) return
    isReading = true
    const report = await connection.getStats().catch(() => null)
    isReading = false
    if (watch === null || report === null) return
    let bytes = 0
    // The report is a map of untyped records.
    report.forEach((entry: Record<string, unknown>) => {
      if (entry.type === 'transport' && typeof entry.bytesReceived === 'number') bytes += entry.bytesReceived
    })
    update(handleReading(watch, performance.now(), bytes))
  }

  function tick(): void {
    deps.sendPulse()
    if (watch !== null && isDoubtful(watch, performance.now())) void readBytes()
  }

  return {
    start() {
      if (timer !== undefined) return
      watch = startFlowWatch(performance.now())
      timer = setInterval(tick, PULSE_INTERVAL_MS)
    },
    handlePulse() {
      if (watch !== null) update(handleHeard(watch, performance.now()))
    },
    stop() {
      clearInterval(timer)
      watch = null
    },
  }
}
