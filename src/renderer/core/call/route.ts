import { MESH_CAPACITY } from '../../../shared/limits.ts'
import { selectSentKinds } from '../ports/mediaRoutes.ts'
import {
  planTopology,
  selectCarries,
  type TopologyAction,
  type TopologyPerson,
} from '../topology/planTopology.ts'
import { handleSfuGone, handleSfuRetry, wantTopology } from '../topology/topologyEvents.ts'
import type { TopologyState, WantedTopology } from '../topology/topologyState.ts'
import type { CallCommand, CallEvent } from './callEvents.ts'
import type { LiveCall, Person } from './callState.ts'
import { andThen, type CallStep, step, updatePerson } from './callStep.ts'
import { callPerson, restLink } from './link.ts'
import {
  MESH_FAILED_AFTER_ATTEMPTS,
  PASSAGE_PATIENCE_MS,
  sfuRetryDelayMs,
  TOPOLOGY_REREAD_DELAY_MS,
} from './timing.ts'

/** The topology planner's view of a person. */
function toTopologyPerson(person: Person): TopologyPerson {
  const { link } = person
  return {
    connectionId: person.participant.connectionId,
    mesh:
      link.kind === 'waiting'
        ? 'none'
        : link.kind === 'connected' || link.kind === 'interrupted'
          ? 'carrying'
          : 'trying',
    sent: selectSentKinds(person.participant.mediaState),
  }
}

/** Whether somebody's media comes to us at the moment, by whatever path. */
export function selectIsReached(call: LiveCall, person: Person): boolean {
  return person.link.kind === 'connected' || selectIsOnSfu(call, person)
}

/** Whether somebody's media comes, or would come, over the media server. */
export function selectIsOnSfu(call: LiveCall, person: Person): boolean {
  return selectCarries(call.topology, toTopologyPerson(person), 'sfu')
}

/**
 * Whether a direct connection to this person is to be made or mended: in a mesh always, otherwise only while one that we
 * have is all there is.
 */
export function selectWantsMesh(call: LiveCall, person: Person): boolean {
  if (call.topology.wanted.topology === 'mesh') return true
  return person.link.kind !== 'waiting' && !selectIsOnSfu(call, person)
}

/** Does whatever the topology needs after something has happened. Nothing, when nothing is to be done. */
export function settleTopology(call: LiveCall): CallStep {
  const canTell = call.signaling === 'joined'
  const plan = planTopology(call.topology, call.people.map(toTopologyPerson), canTell)
  const planned = plan.state === call.topology ? call : { ...call, topology: plan.state }
  return plan.actions.reduce(
    (before, action) => andThen(before, (next) => runAction(next, action)),
    step(planned),
  )
}

function runAction(call: LiveCall, action: TopologyAction): CallStep {
  switch (action.kind) {
    case 'connectSfu': {
      const { session, access } = action
      return step(call, planConnecting(call, session, access))
    }
    case 'disconnectSfu':
      return step(call, { kind: 'disconnectSfu' }, { kind: 'stopTimer', timer: { kind: 'sfuRetry' } })
    case 'show':
      return step(call, { kind: 'showMedia', connectionId: action.connectionId, path: action.path })
    case 'openMesh':
      return updatePerson(call, action.connectionId, (context, person) =>
        person.role === 'caller' ? callPerson(context, person) : { person, commands: [] },
      )
    case 'closeMesh':
      return updatePerson(call, action.connectionId, (_, person) => restLink(person))
    case 'acknowledge': {
      const { epoch, connectionIds } = action
      const message = { connectionId: call.connectionId, epoch, received: [...connectionIds] }
      return step(call, { kind: 'sendMediaPath', message })
    }
    case 'startPatience': {
      const timer = { kind: 'passage', connectionId: action.connectionId } as const
      return step(call, { kind: 'startTimer', timer, delayMs: PASSAGE_PATIENCE_MS })
    }
    case 'stopPatience': {
      const timer = { kind: 'passage', connectionId: action.connectionId } as const
      return step(call, { kind: 'stopTimer', timer })
    }
  }
}

function planConnecting(
  call: LiveCall,
  session: number,
  access: Extract<TopologyAction, { kind: 'connectSfu' }>['access'],
): CallCommand {
  const { connectionId, iceServers } = call
  return { kind: 'connectSfu', session, roomId: call.room.id, connectionId, access, iceServers }
}

export function updateTopology(call: LiveCall, topology: TopologyState): LiveCall {
  return topology === call.topology ? call : { ...call, topology }
}

/** The database says how media is to travel. */
export function handleTopologyChanged(call: LiveCall, wanted: WantedTopology): CallStep {
  return step(updateTopology(call, wantTopology(call.topology, wanted)))
}

/**
 * The media server is gone for now. The room may have left it, which we have not heard; and where it has put us out or does not
 * take us, the database knows whether we are in the room at all.
 */
export function handleSfuLost(call: LiveCall, event: Extract<CallEvent, { kind: 'sfuGone' }>): CallStep {
  const topology = handleSfuGone(call.topology, event.session, event.failure)
  if (topology === call.topology || topology.sfu.kind !== 'waiting') return step(call)
  const isDoubtful = event.failure === 'putOut' || event.failure === 'refused'
  const { connectionId, room } = call
  return step(
    { ...call, topology },
    { kind: 'disconnectSfu' },
    {
      kind: 'startTimer',
      timer: { kind: 'sfuRetry' },
      delayMs: sfuRetryDelayMs(topology.sfu.failedTries, event.retryAfterMs, event.jitterRatio),
    },
    { kind: 'readTopology', roomId: room.id },
    ...(isDoubtful ? [{ kind: 'sendHeartbeat', roomId: room.id, connectionId } as const] : []),
  )
}

export function handleSfuRetryTimer(call: LiveCall): CallStep {
  const topology = handleSfuRetry(call.topology)
  if (topology === call.topology) return step(call)
  return step({ ...call, topology }, planConnecting(call, topology.session, null))
}

/** After a link has changed: two people who cannot reach each other directly need the media server, and with them the room. */
export function watchMeshFailure(before: LiveCall, after: CallStep, connectionId: string): CallStep {
  const { call } = after
  if (call.topology.wanted.topology !== 'mesh' || call.signaling !== 'joined') return after
  const [was, is] = [before, call].map((side) =>
    side.people.find((person) => person.participant.connectionId === connectionId),
  )
  // Somebody who does not listen cannot answer: that says nothing about the path.
  if (was === undefined || is === undefined || is.presence !== 'present') return after
  const hasFailed =
    is.failedAttempts > was.failedAttempts && is.failedAttempts % MESH_FAILED_AFTER_ATTEMPTS === 0
  return hasFailed
    ? { call, commands: [...after.commands, { kind: 'reportMeshFailure', roomId: call.room.id }] }
    : after
}

/**
 * After people have come: code for the media server is fetched while a mesh is full, and one that is more than full has moved on
 * without our hearing of it.
 */
export function watchRoomSize(before: LiveCall, after: CallStep): CallStep {
  const { call } = after
  const [count, countBefore] = [call, before].map((side) => side.people.length + 1)
  if (call.topology.wanted.topology !== 'mesh' || count === undefined || countBefore === undefined)
    return after
  if (count <= countBefore) return after
  const commands: CallCommand[] = []
  if (count === MESH_CAPACITY && call.room.maxParticipants > MESH_CAPACITY)
    commands.push({ kind: 'prepareSfu' })
  if (count > MESH_CAPACITY) commands.push(planTopologyReread())
  return commands.length === 0 ? after : { call, commands: [...after.commands, ...commands] }
}

export function planTopologyReread(): CallCommand {
  return { kind: 'startTimer', timer: { kind: 'rereadTopology' }, delayMs: TOPOLOGY_REREAD_DELAY_MS }
}
