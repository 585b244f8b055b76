import type { MediaArrival } from '../ports/mediaRoutes.ts'
import {
  createPassage,
  type Passage,
  type SfuFailure,
  type TopologyState,
  type WantedTopology,
} from './topologyState.ts'

/** Records what is wanted, before anything is done for it. Unchanged when it is stale. Patience begins anew. */
export function wantTopology(state: TopologyState, wanted: WantedTopology): TopologyState {
  if (wanted.epoch <= state.wanted.epoch) return state
  const passages = Object.fromEntries(
    Object.entries(state.passages).map(([connectionId, passage]) => [
      connectionId,
      { ...passage, patience: 'idle' as const },
    ]),
  )
  return { ...state, wanted, passages }
}

export function handleSfuConnected(state: TopologyState, session: number): TopologyState {
  const isOurs =
    state.session === session && (state.sfu.kind === 'connecting' || state.sfu.kind === 'interrupted')
  return isOurs ? { ...state, sfu: { kind: 'connected' } } : state
}

export function handleSfuInterrupted(state: TopologyState, session: number): TopologyState {
  const isOurs = state.session === session && state.sfu.kind === 'connected'
  return isOurs ? { ...state, sfu: { kind: 'interrupted' } } : state
}

export function handleSfuPeople(
  state: TopologyState,
  session: number,
  connectionIds: readonly string[],
): TopologyState {
  return state.session === session && state.sfu.kind !== 'off' ? { ...state, onSfu: connectionIds } : state
}

/** The session is over, or could not be begun. */
export function handleSfuGone(state: TopologyState, session: number, failure: SfuFailure): TopologyState {
  const { sfu } = state
  if (state.session !== session || sfu.kind === 'off' || sfu.kind === 'waiting') return state
  const failedTries = (sfu.kind === 'connecting' ? sfu.failedTries : 0) + 1
  return { ...state, sfu: { kind: 'waiting', failedTries, failure }, onSfu: [], access: null }
}

/** The time between two tries is over. */
export function handleSfuRetry(state: TopologyState): TopologyState {
  if (state.sfu.kind !== 'waiting') return state
  const { failedTries } = state.sfu
  return { ...state, sfu: { kind: 'connecting', failedTries }, session: state.session + 1 }
}

function updatePassage(
  state: TopologyState,
  connectionId: string,
  change: (passage: Passage) => Passage,
): TopologyState {
  const passage = state.passages[connectionId] ?? createPassage(state.wanted.topology)
  return { ...state, passages: { ...state.passages, [connectionId]: change(passage) } }
}

/** `isKnown`: somebody of the call. Media of others is kept by nobody. */
export function handleArrival(state: TopologyState, arrival: MediaArrival, isKnown: boolean): TopologyState {
  if (!isKnown) return state
  const { path, kind } = arrival
  return updatePassage(state, arrival.connectionId, (passage) => {
    const others = passage.arrived[path].filter((known) => known !== kind)
    const arrived = { ...passage.arrived, [path]: arrival.isArriving ? [...others, kind] : others }
    return { ...passage, arrived }
  })
}

/** Somebody says that our media reaches them by the path of this epoch. */
export function handleAcknowledged(state: TopologyState, connectionId: string, epoch: number): TopologyState {
  const known = state.passages[connectionId]
  if (known === undefined || known.acknowledgedEpoch >= epoch) return state
  return updatePassage(state, connectionId, (passage) => ({ ...passage, acknowledgedEpoch: epoch }))
}

/** Waiting for somebody to come over has taken long enough. */
export function handlePassageTimer(state: TopologyState, connectionId: string): TopologyState {
  if (state.passages[connectionId]?.patience !== 'running') return state
  return updatePassage(state, connectionId, (passage) => ({ ...passage, patience: 'overdue' }))
}

/** The channel was lost meanwhile: what we said on it may not have been heard. */
export function forgetTold(state: TopologyState): TopologyState {
  return { ...state, told: { epoch: state.wanted.epoch, connectionIds: [] } }
}
