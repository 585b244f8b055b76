import { createStore } from 'zustand/vanilla'
import { BANDWIDTH_TEST_MAX_BYTES } from '../../../shared/limits.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type {
  ConnectionTestPort,
  Measurement,
  Transfer,
  TransferFailure,
} from '../../core/ports/connectionTest.ts'
import { judgeConnection, type ConnectionReadings } from '../../core/precall/judgeConnection.ts'
import {
  FIRST_UPLOAD_BYTES,
  planNextUploadBytes,
  selectTransferRateBps,
} from '../../core/precall/transferRate.ts'
import type { DeviceClass } from '../../core/quality/qualityInput.ts'
import type { ConnectionTestController, ConnectionTestState } from '../contracts.ts'

/** The three parts together stay under 6 s. */
const DOWNLOAD_TIME_MS = 2_000
const UPLOAD_TIME_MS = 2_400
const UPLOAD_AIM_MS = 1_000
const RELAY_TIME_MS = 1_500
/** A verdict holds for so long, so that going from room to room does not test again each time. */
const VERDICT_LIFETIME_MS = 10 * 60_000

/** The controller together with its end. */
export interface ConnectionTest extends ConnectionTestController {
  dispose(): void
}

/**
 * Measures down, up and, where there is a relay, UDP, one after the other, and decides what a call begins with. Each `start` and
 * `cancel` makes what is under way worth nothing.
 */
export function createConnectionTest(deps: {
  /** Null: the backend is on this machine, so that there is no line to measure. */
  readonly port: ConnectionTestPort | null
  readonly clock: Clock
  readonly deviceClass: DeviceClass
}): ConnectionTest {
  const { port, clock, deviceClass } = deps
  const store = createStore<ConnectionTestState>(() => ({ kind: 'idle' }))
  let run = 0
  let underWay: Measurement<unknown> | null = null
  let finished: { readonly readings: ConnectionReadings; readonly atMs: number } | null = null

  function measure<T>(measurement: Measurement<T>): Promise<T> {
    underWay = measurement
    return measurement.outcome
  }

  async function measureUpload(port: ConnectionTestPort): Promise<Result<Transfer, TransferFailure>> {
    const beganAtMs = clock.now()
    const first = await measure(port.upload({ bytes: FIRST_UPLOAD_BYTES, timeMs: UPLOAD_TIME_MS }))
    if (!first.ok) return first
    const leftMs = UPLOAD_TIME_MS - (clock.now() - beganAtMs)
    const bytes = planNextUploadBytes(first.value, {
      aimMs: Math.min(UPLOAD_AIM_MS, leftMs),
      maxBytes: BANDWIDTH_TEST_MAX_BYTES,
    })
    if (bytes === null || leftMs <= 0) return first
    return await measure(port.upload({ bytes, timeMs: leftMs }))
  }

  async function readAll(
    port: ConnectionTestPort,
    isCurrent: () => boolean,
  ): Promise<Result<ConnectionReadings, TransferFailure>> {
    const cancelled = err<TransferFailure>('cancelled')
    store.setState({ kind: 'running', part: 'download' }, true)
    const download = await measure(
      port.download({ bytes: BANDWIDTH_TEST_MAX_BYTES, timeMs: DOWNLOAD_TIME_MS }),
    )
    if (!isCurrent()) return cancelled
    if (!download.ok) return download
    store.setState({ kind: 'running', part: 'upload' }, true)
    const upload = await measureUpload(port)
    if (!isCurrent()) return cancelled
    if (!upload.ok) return upload
    store.setState({ kind: 'running', part: 'relay' }, true)
    const relay = await measure(port.relay({ timeMs: RELAY_TIME_MS }))
    if (!isCurrent()) return cancelled
    return ok({
      downloadBps: selectTransferRateBps(download.value),
      uploadBps: selectTransferRateBps(upload.value),
      relay,
      deviceClass,
    })
  }

  function show(readings: ConnectionReadings): void {
    store.setState({ kind: 'done', verdict: judgeConnection(readings), readings }, true)
  }

  async function start(options: { readonly anew: boolean }): Promise<void> {
    if (port === null) {
      return show({ uploadBps: null, downloadBps: null, relay: { kind: 'none' }, deviceClass })
    }
    if (!options.anew && finished !== null && clock.now() - finished.atMs < VERDICT_LIFETIME_MS) {
      return show(finished.readings)
    }
    cancel()
    const current = ++run
    const outcome = await readAll(port, () => current === run)
    if (current !== run) return
    underWay = null
    if (outcome.ok) {
      finished = { readings: outcome.value, atMs: clock.now() }
      show(outcome.value)
    } else if (outcome.error !== 'cancelled') {
      store.setState({ kind: 'failed', failure: outcome.error }, true)
    }
  }

  function cancel(): void {
    run += 1
    underWay?.cancel()
    underWay = null
    if (store.getState().kind === 'running') store.setState({ kind: 'idle' }, true)
  }

  return { store, start, cancel, dispose: cancel }
}
