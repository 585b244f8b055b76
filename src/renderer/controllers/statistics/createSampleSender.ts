import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { QualitySamplesPort } from '../../core/ports/qualitySamples.ts'
import type { ConnectionCounts, ConnectionReading, StatisticsPort } from '../../core/ports/statistics.ts'
import { selectTransportReading } from '../../core/quality/selectTransportReading.ts'
import { summarizeSample } from '../../core/quality/summarizeSample.ts'
import type { ReadableStore } from '../contracts.ts'
import type { ReadingListener } from './createReadingLoop.ts'

const WINDOW_MS = 60_000
/** The first window ends somewhere after this, so that people who came together do not send together from then on. */
const FIRST_WINDOW_MIN_MS = 30_000
/** What is left at leaving is told when it is at least this long, or a connection was tried in it; else it says little. */
const REST_MIN_MS = 10_000
/** Leaving waits for what is left no longer than this. */
const LEAVE_PATIENCE_MS = 1_000

/** Tells the service once a minute how the call does. */
export interface SampleSender {
  /**
   * Of a call that ended, what was left of the minute is sent at once, while the stay still counts. Resolves when that is done, or
   * has taken too long. Never rejects.
   */
  restSent(): Promise<void>
  dispose(): void
}

export interface SampleSenderDependencies {
  readonly call: ReadableStore<CallSnapshot>
  readonly listen: (listener: ReadingListener) => () => void
  readonly statistics: Pick<StatisticsPort, 'counts'>
  readonly samples: QualitySamplesPort
  readonly clock: Clock
  /** 0 to 1, another each time. */
  readonly random: () => number
}

interface Stay {
  readonly roomId: string
  readonly connectionId: string
}

type Readings = ReadonlyMap<string, ConnectionReading>

/** What is measured of a stay since the last sample. */
interface Measured {
  readonly stay: Stay
  readonly startedAtMs: number
  readonly counts: ConnectionCounts
  readonly before: Readings
  /** The latest reading of every connection of the window, also of those that are gone. */
  readonly latest: Readings
  /** Those of the last round. */
  readonly open: Readings
}

/** Measures the minutes of the live call, one sample for each topology that carried something. What cannot be sent is dropped. */
export function createSampleSender(deps: SampleSenderDependencies): SampleSender {
  const { clock, statistics } = deps
  let measured: Measured | null = null
  let stopListening: () => void = () => undefined
  let cancelTimer: () => void = () => undefined
  let rest: Promise<void> = Promise.resolve()

  function openWindow(stay: Stay, open: Readings): void {
    measured = {
      stay,
      startedAtMs: clock.now(),
      counts: statistics.counts(),
      before: open,
      latest: open,
      open,
    }
  }

  function take(readings: readonly ConnectionReading[]): void {
    if (measured === null) return
    const open = new Map(readings.map((reading) => [reading.id, reading]))
    measured = { ...measured, open, latest: new Map([...measured.latest, ...open]) }
  }

  function schedule(delayMs: number): void {
    cancelTimer = clock.schedule(delayMs, () => {
      if (measured === null) return
      void sendWindow(deps, measured)
      openWindow(measured.stay, measured.open)
      schedule(WINDOW_MS)
    })
  }

  function begin(stay: Stay): void {
    openWindow(stay, new Map())
    stopListening = deps.listen(take)
    schedule(FIRST_WINDOW_MIN_MS + deps.random() * (WINDOW_MS - FIRST_WINDOW_MIN_MS))
  }

  function end(): void {
    measured = null
    stopListening()
    cancelTimer()
  }

  function follow(snapshot: CallSnapshot): void {
    const stay = snapshot.kind === 'live' ? selectStay(snapshot) : null
    const isSame =
      stay?.connectionId === measured?.stay.connectionId && stay?.roomId === measured?.stay.roomId
    if (isSame) return
    const ended = measured
    end()
    if (snapshot.kind === 'ended' && ended !== null && isWorthTelling(deps, ended)) {
      rest = sendWindow(deps, ended)
    }
    if (stay !== null) begin(stay)
  }

  const unsubscribe = deps.call.subscribe(follow)
  follow(deps.call.getState())

  return {
    async restSent() {
      let cancel: () => void = () => undefined
      const patience = new Promise<void>((resolve) => {
        cancel = clock.schedule(LEAVE_PATIENCE_MS, resolve)
      })
      await Promise.race([rest, patience])
      cancel()
    },
    dispose() {
      unsubscribe()
      end()
    },
  }
}

function selectStay({ room, self }: Extract<CallSnapshot, { kind: 'live' }>): Stay {
  return { roomId: room.id, connectionId: self.connectionId }
}

function isWorthTelling({ clock, statistics }: SampleSenderDependencies, measured: Measured): boolean {
  const { mesh, sfu } = statistics.counts()
  const tried = mesh.attempts + sfu.attempts - measured.counts.mesh.attempts - measured.counts.sfu.attempts
  return tried > 0 || clock.now() - measured.startedAtMs >= REST_MIN_MS
}

async function sendWindow(deps: SampleSenderDependencies, measured: Measured): Promise<void> {
  const now = deps.statistics.counts()
  const sending = (['mesh', 'sfu'] as const).map(async (topology) => {
    const select = (readings: Readings) =>
      [...readings.values()].filter((reading) => reading.topology === topology).map(selectTransportReading)
    const sample = summarizeSample({
      windowMs: deps.clock.now() - measured.startedAtMs,
      topology,
      before: select(measured.before),
      after: select(measured.latest),
      connectionAttempts: now[topology].attempts - measured.counts[topology].attempts,
      connectionSuccesses: now[topology].successes - measured.counts[topology].successes,
      // Nobody measures it yet.
      cpuLoadPercent: null,
    })
    if (sample !== null) await deps.samples.send(measured.stay, sample)
  })
  await Promise.all(sending)
}
