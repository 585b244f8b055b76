import { createStore } from 'zustand/vanilla'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { CallMeasurements, MeasuredCircumstances } from '../../core/statistics/measureCall.ts'
import { measureCall, noMeasurements } from '../../core/statistics/measureCall.ts'
import type { ReadableStore, StatisticsController } from '../contracts.ts'
import type { ReadingListener } from './createReadingLoop.ts'

/** The controller together with what its owner needs. */
export interface OwnedStatisticsController extends StatisticsController {
  dispose(): void
}

/** Measures the call while it is live, and forgets everything when it is over. */
export function createStatisticsController(deps: {
  readonly call: ReadableStore<CallSnapshot>
  readonly listen: (listener: ReadingListener) => () => void
  /** Whether somebody's picture should be arriving: nobody sends what is not shown. */
  readonly isExpected: (connectionId: string) => boolean
  readonly circumstances: () => MeasuredCircumstances
}): OwnedStatisticsController {
  const store = createStore<CallMeasurements>(() => noMeasurements)
  let stop: (() => void) | null = null

  function take(readings: Parameters<ReadingListener>[0]): void {
    const snapshot = deps.call.getState()
    if (snapshot.kind !== 'live') return
    const people = snapshot.others.map(({ connectionId, mediaState }) => ({
      connectionId,
      isVideoOff: mediaState.isVideoOff || !deps.isExpected(connectionId),
    }))
    store.setState(measureCall(store.getState(), readings, people, deps.circumstances()), true)
  }

  function follow(snapshot: CallSnapshot): void {
    if (snapshot.kind === 'live') {
      stop ??= deps.listen(take)
      return
    }
    if (stop === null) return
    stop()
    stop = null
    store.setState(noMeasurements, true)
  }

  const unsubscribe = deps.call.subscribe(follow)
  follow(deps.call.getState())

  return {
    store,
    dispose() {
      unsubscribe()
      stop?.()
      stop = null
    },
  }
}
