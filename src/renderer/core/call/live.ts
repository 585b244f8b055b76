import { HEARTBEAT_INTERVAL_MS } from '../../../shared/limits.ts'
import type { IceServer, JoinRoomResponse } from '../../../shared/api/rooms.ts'
import type { MediaState } from '../../../shared/domain/participant.ts'
import type { Account } from '../ports/auth.ts'
import type { ChannelStatus } from '../ports/roomChannel.ts'
import type { CallEvent, CallTimer } from './callEvents.ts'
import type { LiveCall } from './callState.ts'
import { andThen, type CallStep, findPerson, step, updateEverybody, updatePerson } from './callStep.ts'
import {
  handleChannelJoined,
  handleLinkTimer,
  handleLocalSignals,
  handlePeerConnected,
  handlePeerGone,
  handlePeerInterrupted,
  type LinkContext,
  type PersonStep,
  restartPath,
  retryLink,
} from './link.ts'
import type { Person } from './callState.ts'
import {
  announceMediaState,
  handleLocalMediaChanged,
  handleMediaWindowEnded,
  handleNotPersisted,
  handleRestEnded,
  handleWritesLimited,
  persistAgain,
} from './outgoingMedia.ts'
import { forgetPresence, handleAbsenceTimer, handlePresenceChanged, watchOverdue } from './presence.ts'
import {
  addPerson,
  departPerson,
  handleMediaStateReceived,
  showAvatar,
  showGoal,
  showHand,
  handleSignalReceived,
  reconcilePeople,
  selectIsOwnStayMissing,
} from './roster.ts'
import { handleRoomChanged, moveChannel } from './roomChanges.ts'
import {
  handleSfuLost,
  handleSfuRetryTimer,
  handleTopologyChanged,
  planTopologyReread,
  selectWantsMesh,
  settleTopology,
  updateTopology,
  watchMeshFailure,
  watchRoomSize,
} from './route.ts'
import {
  HEARTBEAT_RETRY_MS,
  ICE_SERVERS_INTERVAL_MS,
  ICE_SERVERS_RETRY_MS,
  REREAD_DELAY_MS,
} from './timing.ts'
import {
  forgetTold,
  handleAcknowledged,
  handleArrival,
  handlePassageTimer,
  handleSfuConnected,
  handleSfuInterrupted,
  handleSfuPeople,
} from '../topology/topologyEvents.ts'
import { createTopologyState } from '../topology/topologyState.ts'

/** What happens to a live call and leaves it live. Our own end is decided before, in `transition`. */
export type LiveEvent = Exclude<
  CallEvent,
  {
    kind:
      'joinRequested' | 'joinAnswered' | 'connectionRenewed' | 'leaveRequested' | 'dismissed' | 'roomClosed'
  }
>

/**
 * The call as the answer to joining describes it. Peers to everybody who is there are opened at once, while the channel is
 * still being joined: their offers and candidates wait for it.
 */
export function enterCall(options: {
  readonly response: JoinRoomResponse
  readonly account: Account
  readonly connectionId: string
  readonly mediaState: MediaState
  readonly rejoinCount: number
}): CallStep {
  const { response, account, connectionId, mediaState } = options
  const own = response.participants.find((participant) => participant.connectionId === connectionId)
  const call: LiveCall = {
    kind: 'live',
    room: response.room,
    account,
    connectionId,
    // Without our own row we take ourselves for the latest, which is what joining means.
    joinedAt: own?.joinedAt ?? '9999-12-31T23:59:59Z',
    iceServers: response.iceServers,
    signaling: 'connecting',
    topic: response.channel,
    topology: createTopologyState({ topology: response.topology, epoch: response.epoch }, response.sfu),
    isMutedByCreator: false,
    handRaisedAt: own?.handRaisedAt ?? null,
    people: [],
    present: null,
    departed: [],
    dropped: {},
    earlyMail: [],
    media: {
      current: mediaState,
      announced: null,
      persisted: own?.mediaState ?? null,
      window: 'idle',
      writes: 'open',
    },
    rejoinCount: options.rejoinCount,
  }
  const opened = step(
    call,
    { kind: 'openChannel', topic: response.channel, userId: account.userId, connectionId },
    { kind: 'startTimer', timer: { kind: 'heartbeat' }, delayMs: HEARTBEAT_INTERVAL_MS },
    { kind: 'startTimer', timer: { kind: 'iceServers' }, delayMs: ICE_SERVERS_INTERVAL_MS },
  )
  const arrived = andThen(opened, (next) => handleRoomChanged(next, response.room))
  const met = response.participants.reduce(
    (before, participant) => andThen(before, (next) => addPerson(next, participant)),
    arrived,
  )
  const said = andThen(met, (next) => handleLocalMediaChanged(next, mediaState))
  return andThen(watchRoomSize(call, said), settleTopology)
}

/** A live call's answer to whatever happens. */
export function transitionLive(call: LiveCall, event: LiveEvent): CallStep {
  return andThen(watchRoomSize(call, handleEvent(call, event)), settleTopology)
}

function handleEvent(call: LiveCall, event: LiveEvent): CallStep {
  switch (event.kind) {
    case 'channelStatusChanged':
      return handleChannelStatus(call, event.status)
    case 'signalReceived':
      return handleSignalReceived(call, event.message)
    case 'mediaStateReceived':
      return handleMediaStateReceived(call, event.message.connectionId, event.message.mediaState)
    case 'participantJoined':
      return addPerson(call, event.participant)
    case 'participantLeft':
      return departPerson(call, event.connectionId)
    case 'roomChanged':
      return handleRoomChanged(call, event.room)
    case 'channelMoved':
      return moveChannel(call, event.topic)
    case 'topologyChanged':
      return handleTopologyChanged(call, event)
    case 'topologyNotRead':
      return step(call, planTopologyReread())
    case 'mediaPathReceived': {
      const { connectionId, epoch, received } = event.message
      return received.includes(call.connectionId)
        ? step(updateTopology(call, handleAcknowledged(call.topology, connectionId, epoch)))
        : step(call)
    }
    case 'mediaArrived': {
      const isKnown = findPerson(call, event.arrival.connectionId) !== undefined
      return step(updateTopology(call, handleArrival(call.topology, event.arrival, isKnown)))
    }
    case 'sfuConnected':
      return step(updateTopology(call, handleSfuConnected(call.topology, event.session)))
    case 'sfuInterrupted':
      return step(updateTopology(call, handleSfuInterrupted(call.topology, event.session)))
    case 'sfuPeopleChanged': {
      const topology = handleSfuPeople(call.topology, event.session, event.connectionIds)
      return watchEverybodyOverdue(call, updateTopology(call, topology))
    }
    case 'sfuGone':
      return andThen(handleSfuLost(call, event), (next) => watchEverybodyOverdue(call, next))
    case 'goalChanged':
      return step(showGoal(call, event.userId, event.goal))
    case 'avatarChanged':
      return step(showAvatar(call, event.userId, event.avatar))
    case 'handChanged':
      return step(showHand(call, event.userId, event.raisedAt))
    case 'mutedByCreator':
      return event.connectionId === call.connectionId
        ? step({ ...call, isMutedByCreator: true }, { kind: 'closeMicrophone' })
        : step(call)
    case 'presenceChanged':
      return handlePresenceChanged(call, event.connectionIds)
    case 'participantsRead':
      return handleParticipantsRead(call, event.participants)
    case 'iceServersRead':
      return handleIceServersRead(call, event.iceServers)
    case 'retryRequested':
      return retryEverything(call)
    case 'heartbeatAnswered':
      return handleHeartbeat(call, event.outcome)
    case 'mediaStateNotPersisted':
      return handleNotPersisted(call)
    case 'mediaStateLimited':
      return handleWritesLimited(call, event.retryAfterMs)
    case 'heartbeatLimited':
      return waitWithHeartbeat(call, event.retryAfterMs)
    case 'peerSignalled':
      return updateLink(call, event.connectionId, (context, person) =>
        handleLocalSignals(context, person, event.generation, event.signals),
      )
    case 'peerConnected':
      return updateLink(call, event.connectionId, (_, person) =>
        handlePeerConnected(person, event.generation),
      )
    case 'peerInterrupted':
      return updateLink(call, event.connectionId, (context, person) =>
        handlePeerInterrupted(context, person, event.generation),
      )
    case 'peerGone':
      return updateLink(call, event.connectionId, (_, person) =>
        handlePeerGone(person, event.generation, event.end),
      )
    case 'localMediaChanged':
      return handleLocalMediaChanged(call, event.mediaState)
    case 'timerFired':
      return handleTimer(call, event.timer)
  }
}

function updateLink(
  call: LiveCall,
  connectionId: string,
  change: (context: LinkContext, person: Person) => PersonStep,
): CallStep {
  const changed = andThen(updatePerson(call, connectionId, change), (next) =>
    watchOverdue(call, next, connectionId),
  )
  return watchMeshFailure(call, changed, connectionId)
}

/** Somebody overdue may have been kept by the media server alone. */
function watchEverybodyOverdue(before: LiveCall, call: LiveCall): CallStep {
  return call.people.reduce(
    (steps, { participant }) =>
      andThen(steps, (next) => watchOverdue(before, next, participant.connectionId)),
    step(call),
  )
}

function handleChannelStatus(call: LiveCall, status: ChannelStatus): CallStep {
  // A move that is under way is nothing to worry about, one that meets an outage is.
  const signaling = call.signaling === 'moving' && status === 'connecting' ? 'moving' : status
  const heard = forgetPresence({ ...call, signaling })
  switch (status) {
    case 'joined': {
      const isAgain = call.signaling !== 'connecting'
      const sent = andThen(heard, (next) => updateEverybody(next, handleChannelJoined))
      const announced = andThen(sent, announceMediaState)
      return andThen(announced, isAgain ? readWhatWasMissed : readTopology)
    }
    case 'connecting':
      return heard
    case 'reconnecting':
      return heard
    case 'refused':
      return andThen(heard, askWhetherCountedIn)
  }
}

/** Asks what has become of our stay, and does at once whatever waits for its time. */
function retryEverything(call: LiveCall): CallStep {
  const links = andThen(askWhetherCountedIn(call), (next) => updateEverybody(next, retryLink))
  const retried = andThen(links, handleSfuRetryTimer)
  return call.signaling === 'joined'
    ? retried
    : andThen(retried, (next) => step(next, { kind: 'reconnectChannel' }))
}

/** Credentials of relays run out. Paths that were found with the old ones are sought anew, which nobody notices. */
function handleIceServersRead(call: LiveCall, iceServers: readonly IceServer[] | null): CallStep {
  const timer = { kind: 'iceServers' } as const
  if (iceServers === null) return step(call, { kind: 'startTimer', timer, delayMs: ICE_SERVERS_RETRY_MS })
  const waiting = step(
    { ...call, iceServers },
    { kind: 'startTimer', timer, delayMs: ICE_SERVERS_INTERVAL_MS },
  )
  if (iceServers.length === 0) return waiting
  return andThen(waiting, (next) =>
    updateEverybody(next, (context, person) =>
      person.role === 'caller' && person.link.kind === 'connected'
        ? restartPath(context, person)
        : { person, commands: [] },
    ),
  )
}

function readWhatWasMissed(call: LiveCall): CallStep {
  const roomId = call.room.id
  const next = updateTopology(call, forgetTold(call.topology))
  return step(next, { kind: 'readParticipants', roomId }, { kind: 'readTopology', roomId })
}

/** It may have changed since we were let in, before we could hear of it. Who has come since is seen by presence. */
function readTopology(call: LiveCall): CallStep {
  return step(call, { kind: 'readTopology', roomId: call.room.id })
}

function askWhetherCountedIn(call: LiveCall): CallStep {
  return step(call, { kind: 'sendHeartbeat', roomId: call.room.id, connectionId: call.connectionId })
}

function handleParticipantsRead(
  call: LiveCall,
  participants: Extract<CallEvent, { kind: 'participantsRead' }>['participants'],
): CallStep {
  if (participants === null) {
    return step(call, { kind: 'startTimer', timer: { kind: 'reread' }, delayMs: REREAD_DELAY_MS })
  }
  const own = participants.find(({ connectionId }) => connectionId === call.connectionId)
  const known = own === undefined ? call : { ...call, handRaisedAt: own.handRaisedAt ?? null }
  const reconciled = reconcilePeople(known, participants)
  return selectIsOwnStayMissing(call, participants) ? andThen(reconciled, askWhetherCountedIn) : reconciled
}

/** `replaced` and `gone` do not come here: they end the call, or join it again. */
function handleHeartbeat(
  call: LiveCall,
  outcome: Extract<CallEvent, { kind: 'heartbeatAnswered' }>['outcome'],
): CallStep {
  const isHeard = outcome !== 'unreachable'
  const works = isHeard && call.signaling === 'joined'
  const next = works && call.rejoinCount > 0 ? { ...call, rejoinCount: 0 } : call
  const timer = { kind: 'heartbeat' } as const
  const delayMs = isHeard ? HEARTBEAT_INTERVAL_MS : HEARTBEAT_RETRY_MS
  const waiting = step(next, { kind: 'startTimer', timer, delayMs })
  return isHeard ? andThen(waiting, persistAgain) : waiting
}

/** We are counted in, or the answer before would have said so: nothing to worry about, and the next one comes when it may. */
function waitWithHeartbeat(call: LiveCall, retryAfterMs: number | null): CallStep {
  const delayMs = retryAfterMs ?? HEARTBEAT_INTERVAL_MS
  return step(call, { kind: 'startTimer', timer: { kind: 'heartbeat' }, delayMs })
}

function handleTimer(call: LiveCall, timer: CallTimer): CallStep {
  switch (timer.kind) {
    case 'heartbeat':
      return askWhetherCountedIn(call)
    case 'mediaWindow':
      return handleMediaWindowEnded(call)
    case 'mediaRest':
      return handleRestEnded(call)
    case 'reread':
      return step(call, { kind: 'readParticipants', roomId: call.room.id })
    case 'iceServers':
      return step(call, { kind: 'readIceServers' })
    case 'link':
      return updateLink(call, timer.connectionId, (context, person) =>
        selectWantsMesh(call, person) ? handleLinkTimer(context, person) : { person, commands: [] },
      )
    case 'absence':
      return handleAbsenceTimer(call, timer.connectionId)
    case 'passage':
      return step(updateTopology(call, handlePassageTimer(call.topology, timer.connectionId)))
    case 'sfuRetry':
      return handleSfuRetryTimer(call)
    case 'rereadTopology':
      return readTopology(call)
    case 'rejoin':
      return step(call)
  }
}
