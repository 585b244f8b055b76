import type { MediaKind, MediaPath } from '../ports/mediaRoutes.ts'
import type { SfuAccess } from '../ports/sfu.ts'
import { createPassage, type Passage, type TopologyState } from './topologyState.ts'

/** Somebody else in the call, as far as paths are concerned. */
export interface TopologyPerson {
  readonly connectionId: string
  /** The direct connection. `trying`: there is one, and nothing comes by it (yet, or any more). */
  readonly mesh: 'none' | 'trying' | 'carrying'
  /** What they send, and so what is to arrive before they are swapped. */
  readonly sent: readonly MediaKind[]
}

const mediaPaths: readonly MediaPath[] = ['mesh', 'sfu']

/** What is to be done, in order. */
export type TopologyAction =
  | { readonly kind: 'connectSfu'; readonly session: number; readonly access: SfuAccess | null }
  | { readonly kind: 'disconnectSfu' }
  | { readonly kind: 'show'; readonly connectionId: string; readonly path: MediaPath | null }
  /** A direct connection is wanted and there is none. */
  | { readonly kind: 'openMesh'; readonly connectionId: string }
  | { readonly kind: 'closeMesh'; readonly connectionId: string }
  /** To everybody: the media of these reaches us by the path of this epoch. */
  | { readonly kind: 'acknowledge'; readonly epoch: number; readonly connectionIds: readonly string[] }
  | { readonly kind: 'startPatience' | 'stopPatience'; readonly connectionId: string }

export interface TopologyPlan {
  readonly state: TopologyState
  readonly actions: readonly TopologyAction[]
}

/**
 * Compares how media travels with how it is wanted, and says what comes next. It knows no steps of a switch, only what holds
 * at the moment, so that a switch that is overtaken by another one needs no clearing up:
 *
 * - Both paths are open while people come over. Somebody is shown by the wanted path as soon as all that they send has
 *   arrived there; until then by the other one, as long as it carries.
 * - A direct connection is closed when its owner is shown over the media server and has said that we are, too. The media
 *   server is left when that holds of everybody on it, the other way round.
 * - Nobody is waited for longer than the patience timer runs, once they could have come over. Who cannot is not waited for:
 *   the path that carries them stays.
 *
 * `canTell`: whether others can be told at the moment.
 */
export function planTopology(
  state: TopologyState,
  people: readonly TopologyPerson[],
  canTell: boolean,
): TopologyPlan {
  const actions: TopologyAction[] = []
  let next = planSfuStart(state, actions)
  next = planPassages(next, people, actions)
  if (next.wanted.topology === 'sfu') planMeshClosing(next, people, actions)
  else next = planSfuEnd(next, people, actions)
  if (canTell) next = planTelling(next, people, actions)
  return { state: next, actions }
}

/** Whether media comes, or will come again by itself, from a person by a path. */
export function selectCarries(state: TopologyState, person: TopologyPerson, path: MediaPath): boolean {
  if (path === 'mesh') return person.mesh === 'carrying'
  const isOpen = state.sfu.kind === 'connected' || state.sfu.kind === 'interrupted'
  return isOpen && state.onSfu.includes(person.connectionId)
}

function otherPath(path: MediaPath): MediaPath {
  return path === 'mesh' ? 'sfu' : 'mesh'
}

function planSfuStart(state: TopologyState, actions: TopologyAction[]): TopologyState {
  if (state.wanted.topology !== 'sfu' || state.sfu.kind !== 'off') return state
  const session = state.session + 1
  actions.push({ kind: 'connectSfu', session, access: state.access })
  return { ...state, sfu: { kind: 'connecting', failedTries: 0 }, session, access: null }
}

/** By which path each person is shown, and how long they are waited for. */
function planPassages(
  state: TopologyState,
  people: readonly TopologyPerson[],
  actions: TopologyAction[],
): TopologyState {
  const known = new Set(people.map((person) => person.connectionId))
  const passages: Record<string, Passage> = {}
  let isChanged = false
  for (const person of people) {
    const { connectionId } = person
    const before = state.passages[connectionId]
    const passage = planPassage(state, person, before, actions)
    passages[connectionId] = passage
    isChanged ||= passage !== before
  }
  for (const [connectionId, passage] of Object.entries(state.passages)) {
    if (known.has(connectionId)) continue
    isChanged = true
    if (passage.patience === 'running') actions.push({ kind: 'stopPatience', connectionId })
    actions.push({ kind: 'show', connectionId, path: null })
  }
  return isChanged ? { ...state, passages } : state
}

function planPassage(
  state: TopologyState,
  person: TopologyPerson,
  before: Passage | undefined,
  actions: TopologyAction[],
): Passage {
  const { connectionId } = person
  const passage = followCarrying(state, person, before ?? createPassage(state.wanted.topology))
  const shown = selectShown(state, person, passage)
  if (before === undefined || shown !== passage.shown)
    actions.push({ kind: 'show', connectionId, path: shown })
  const patience = planPatience(state, person, { ...passage, shown }, actions)
  return shown === passage.shown && patience === passage.patience ? passage : { ...passage, shown, patience }
}

/**
 * What somebody has said of a path holds no longer once that path is lost: when there is another, they say it again. Of an epoch
 * that we do not know yet we cannot tell which path was meant.
 */
function followCarrying(state: TopologyState, person: TopologyPerson, passage: Passage): Passage {
  const { topology, epoch } = state.wanted
  const carriedBy = mediaPaths.filter((path) => selectCarries(state, person, path))
  const lost = passage.carriedBy.filter((path) => !carriedBy.includes(path))
  const isVoid = lost.includes(topology) || (lost.length > 0 && passage.acknowledgedEpoch > epoch)
  if (lost.length === 0 && carriedBy.length === passage.carriedBy.length) return passage
  return { ...passage, carriedBy, acknowledgedEpoch: isVoid ? -1 : passage.acknowledgedEpoch }
}

function selectShown(state: TopologyState, person: TopologyPerson, passage: Passage): MediaPath {
  const path = state.wanted.topology
  const other = otherPath(path)
  const hasCome =
    passage.shown === path ||
    passage.patience === 'overdue' ||
    person.sent.every((kind) => passage.arrived[path].includes(kind))
  if (selectCarries(state, person, path) && hasCome) return path
  return selectCarries(state, person, other) ? other : path
}

/** Patience runs from when a person could have come over until they have, or the path behind them is gone. */
function planPatience(
  state: TopologyState,
  person: TopologyPerson,
  passage: Passage,
  actions: TopologyAction[],
): Passage['patience'] {
  const { connectionId } = person
  const path = state.wanted.topology
  const isUnderWay =
    selectCarries(state, person, path) &&
    (passage.shown !== path || (isOpen(state, person, otherPath(path)) && !hasAcknowledged(state, passage)))
  if (isUnderWay && passage.patience === 'idle') {
    actions.push({ kind: 'startPatience', connectionId })
    return 'running'
  }
  if (!isUnderWay && passage.patience !== 'idle') {
    if (passage.patience === 'running') actions.push({ kind: 'stopPatience', connectionId })
    return 'idle'
  }
  return passage.patience
}

/** Whether a person may still depend on this path between us. */
function isOpen(state: TopologyState, person: TopologyPerson, path: MediaPath): boolean {
  return path === 'mesh' ? person.mesh !== 'none' : state.onSfu.includes(person.connectionId)
}

function hasAcknowledged(state: TopologyState, passage: Passage): boolean {
  return passage.acknowledgedEpoch === state.wanted.epoch
}

/** Whether a person is over on the wanted path, and so are we for them, or they have had their time. */
function isThrough(state: TopologyState, person: TopologyPerson): boolean {
  const passage = state.passages[person.connectionId]
  if (passage?.shown !== state.wanted.topology) return false
  return hasAcknowledged(state, passage) || passage.patience === 'overdue'
}

function planMeshClosing(
  state: TopologyState,
  people: readonly TopologyPerson[],
  actions: TopologyAction[],
): void {
  for (const person of people) {
    const { connectionId, mesh } = person
    if (mesh === 'none' || !selectCarries(state, person, 'sfu')) continue
    if (mesh === 'trying' || isThrough(state, person)) actions.push({ kind: 'closeMesh', connectionId })
  }
}

function planSfuEnd(
  state: TopologyState,
  people: readonly TopologyPerson[],
  actions: TopologyAction[],
): TopologyState {
  for (const { connectionId, mesh } of people) {
    if (mesh === 'none') actions.push({ kind: 'openMesh', connectionId })
  }
  if (state.sfu.kind === 'off') return state
  const isNeeded = people.some((person) => selectCarries(state, person, 'sfu') && !isThrough(state, person))
  if (isNeeded) return state
  actions.push({ kind: 'disconnectSfu' })
  return { ...state, sfu: { kind: 'off' }, onSfu: [], access: null }
}

/** Tells those whose other path is open, once an epoch, and again after they were lost meanwhile. */
function planTelling(
  state: TopologyState,
  people: readonly TopologyPerson[],
  actions: TopologyAction[],
): TopologyState {
  const { topology, epoch } = state.wanted
  const over = people.filter(
    (person) =>
      state.passages[person.connectionId]?.shown === topology && selectCarries(state, person, topology),
  )
  const told =
    state.told.epoch === epoch
      ? state.told.connectionIds.filter((told) => over.some(({ connectionId }) => connectionId === told))
      : []
  const due = over
    .filter((person) => isOpen(state, person, otherPath(topology)))
    .map(({ connectionId }) => connectionId)
  if (due.every((connectionId) => told.includes(connectionId))) {
    const isSame = state.told.epoch === epoch && told.length === state.told.connectionIds.length
    return isSame ? state : { ...state, told: { epoch, connectionIds: told } }
  }
  const connectionIds = [...new Set([...told, ...due])]
  actions.push({ kind: 'acknowledge', epoch, connectionIds })
  return { ...state, told: { epoch, connectionIds } }
}
