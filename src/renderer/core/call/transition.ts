import { HEARTBEAT_INTERVAL_MS } from '../../../shared/limits.ts'
import type { LeaveReason } from '../../../shared/realtime/roomEvents.ts'
import type { RoomsFailure } from '../ports/rooms.ts'
import type { CallCommand, CallEvent } from './callEvents.ts'
import type { CallEnd } from './callSnapshot.ts'
import { type CallState, type LiveCall, selectNegotiation } from './callState.ts'
import { andThen } from './callStep.ts'
import { enterCall, transitionLive } from './live.ts'
import { selectChannelEpoch, takeNewAnswer } from './roomChanges.ts'
import { settleTopology } from './route.ts'
import { HEARTBEAT_RETRY_MS, REJOIN_MAX_COUNT, REJOIN_MAX_TRIES, rejoinDelayMs } from './timing.ts'

/** The call's state after an event, and the commands to run for it, in order. */
export interface Transition {
  readonly state: CallState
  readonly commands: readonly CallCommand[]
}

/** Before the first call. */
export const initialCallState: CallState = { kind: 'idle' }

/**
 * The whole life of a call: joining, links to everybody, signaling that comes and goes, joining again by itself, the end.
 * Pure: clock, ids and the outside come in as events. What does not fit the state is ignored, since events can always be
 * late.
 */
export function transition(state: CallState, event: CallEvent): Transition {
  switch (state.kind) {
    case 'idle':
    case 'refused':
    case 'ended':
      return transitionResting(state, event)
    case 'joining':
      return transitionJoining(state, event)
    case 'live':
      return transitionInCall(state, event)
    case 'rejoining':
      return transitionRejoining(state, event)
  }
}

function unchanged(state: CallState): Transition {
  return { state, commands: [] }
}

type Resting = Extract<CallState, { kind: 'idle' | 'refused' | 'ended' }>
type Joining = Extract<CallState, { kind: 'joining' }>
type Rejoining = Extract<CallState, { kind: 'rejoining' }>

function transitionResting(state: Resting, event: CallEvent): Transition {
  if (event.kind === 'joinRequested') {
    const { roomId, connectionId, account, mediaState } = event
    return {
      state: { kind: 'joining', roomId, connectionId, account, mediaState },
      commands: [{ kind: 'joinRoom', roomId, connectionId }],
    }
  }
  if (event.kind === 'dismissed') return { state: { kind: 'idle' }, commands: [] }
  // We left while the answer was on its way.
  if (event.kind === 'joinAnswered' && event.answer.ok) return { state, commands: [planLeaving(event)] }
  return unchanged(state)
}

function planLeaving(stay: { readonly roomId: string; readonly connectionId: string }): CallCommand {
  return { kind: 'leaveRoom', roomId: stay.roomId, connectionId: stay.connectionId }
}

function transitionJoining(state: Joining, event: CallEvent): Transition {
  switch (event.kind) {
    case 'joinAnswered': {
      if (event.connectionId !== state.connectionId) return unchanged(state)
      if (!event.answer.ok) {
        return { state: { kind: 'refused', roomId: state.roomId, failure: event.answer.error }, commands: [] }
      }
      const entered = enterCall({ ...state, response: event.answer.value, rejoinCount: 0 })
      return { state: entered.call, commands: entered.commands }
    }
    case 'localMediaChanged':
      return { state: { ...state, mediaState: event.mediaState }, commands: [] }
    case 'leaveRequested':
      return { state: { kind: 'idle' }, commands: [planLeaving(state), { kind: 'releaseMedia' }] }
    default:
      return unchanged(state)
  }
}

function planClosingEverything(call: LiveCall): readonly CallCommand[] {
  const peers = call.people
    .filter((person) => selectNegotiation(person.link) !== null)
    .map(({ participant }) => ({ kind: 'closePeer', connectionId: participant.connectionId }) as const)
  const media = call.people.map(
    ({ participant }) => ({ kind: 'showMedia', connectionId: participant.connectionId, path: null }) as const,
  )
  return [...media, ...peers, { kind: 'disconnectSfu' }, { kind: 'closeChannel' }, { kind: 'stopAllTimers' }]
}

function end(call: LiveCall, reason: CallEnd): Transition {
  return {
    state: { kind: 'ended', roomId: call.room.id, roomName: call.room.name, reason },
    commands: [
      // Said first, so that others hear of it before our peers close.
      ...(reason === 'left' || reason === 'lost'
        ? [planLeaving({ roomId: call.room.id, connectionId: call.connectionId })]
        : []),
      ...planClosingEverything(call),
      { kind: 'releaseMedia' },
    ],
  }
}

/** The database let go of us, but nobody told us to go: back in under a new connection id. */
function rejoin(call: LiveCall): Transition {
  if (call.rejoinCount >= REJOIN_MAX_COUNT) return end(call, 'lost')
  const next = { ...call, rejoinCount: call.rejoinCount + 1 }
  return {
    state: { kind: 'rejoining', call: next, connectionId: null, failedTries: 0 },
    commands: [...planClosingEverything(call), { kind: 'renewConnection' }],
  }
}

function endOwnStay(call: LiveCall, reason: LeaveReason): Transition {
  switch (reason) {
    case 'expired':
      return rejoin(call)
    case 'closed':
      return end(call, 'roomClosed')
    case 'left':
    case 'replaced':
    case 'removed':
      return end(call, reason)
  }
}

function transitionInCall(call: LiveCall, event: CallEvent): Transition {
  switch (event.kind) {
    case 'joinRequested':
    case 'connectionRenewed':
    case 'dismissed':
      return unchanged(call)
    case 'joinAnswered':
      return event.connectionId === call.connectionId ? handleAskedAgain(call, event.answer) : unchanged(call)
    case 'leaveRequested':
      return end(call, 'left')
    case 'roomClosed':
      return end(call, 'roomClosed')
    case 'participantLeft':
      if (event.connectionId === call.connectionId) return endOwnStay(call, event.reason)
      break
    case 'heartbeatAnswered':
      switch (event.outcome) {
        case 'replaced':
        case 'removed':
          return end(call, event.outcome)
        case 'closed':
          return end(call, 'roomClosed')
        case 'gone':
          return rejoin(call)
        case 'present':
          // Counted in, but not let into the channel: it has moved on without us, and joining again says where to.
          if (call.signaling === 'refused') return { state: call, commands: [planAskingAgain(call)] }
          break
        case 'unreachable':
          break
      }
      break
    default:
      break
  }
  const next = transitionLive(call, event)
  return { state: next.call, commands: next.commands }
}

function planAskingAgain(call: LiveCall): CallCommand {
  return { kind: 'joinRoom', roomId: call.room.id, connectionId: call.connectionId }
}

/** A failure that says nothing about our place in the room: asking again, later, is all there is to do. */
function isForNow(failure: RoomsFailure): boolean {
  return failure.kind === 'unreachable' || failure.kind === 'internal' || failure.kind === 'rate_limited'
}

/** What joining answers to somebody who is in: where the channel is by now. Without that, everything is begun anew. */
function handleAskedAgain(
  call: LiveCall,
  answer: Extract<CallEvent, { kind: 'joinAnswered' }>['answer'],
): Transition {
  if (call.signaling !== 'refused') return unchanged(call)
  if (!answer.ok) {
    if (!isForNow(answer.error)) return rejoin(call)
    const timer = { kind: 'heartbeat' } as const
    const delayMs = answer.error.retryAfterMs ?? HEARTBEAT_RETRY_MS
    return { state: call, commands: [{ kind: 'startTimer', timer, delayMs }] }
  }
  const { room } = call
  const isElsewhere =
    (selectChannelEpoch(room.id, answer.value.channel) ?? -1) >
    (selectChannelEpoch(room.id, call.topic) ?? -1)
  if (!isElsewhere) return rejoin(call)
  const taken = andThen(takeNewAnswer(call, answer.value), settleTopology)
  const timer = { kind: 'heartbeat' } as const
  return {
    state: taken.call,
    commands: [...taken.commands, { kind: 'startTimer', timer, delayMs: HEARTBEAT_INTERVAL_MS }],
  }
}

function transitionRejoining(state: Rejoining, event: CallEvent): Transition {
  const { call, connectionId } = state
  const roomId = call.room.id
  switch (event.kind) {
    case 'connectionRenewed':
      return {
        state: { ...state, connectionId: event.connectionId },
        commands: [{ kind: 'joinRoom', roomId, connectionId: event.connectionId }],
      }
    case 'joinAnswered': {
      if (event.connectionId !== connectionId) return unchanged(state)
      if (!event.answer.ok) return handleRejoinRefused(state, event.answer.error)
      const { account, media, rejoinCount } = call
      const entered = enterCall({
        response: event.answer.value,
        account,
        connectionId,
        mediaState: media.current,
        rejoinCount,
      })
      return { state: entered.call, commands: entered.commands }
    }
    case 'timerFired':
      return event.timer.kind === 'rejoin' && connectionId !== null
        ? { state, commands: [{ kind: 'joinRoom', roomId, connectionId }] }
        : unchanged(state)
    case 'retryRequested':
      // Between two tries; one that is under way answers by itself.
      return state.failedTries > 0 && connectionId !== null
        ? {
            state,
            commands: [
              { kind: 'stopTimer', timer: { kind: 'rejoin' } },
              { kind: 'joinRoom', roomId, connectionId },
            ],
          }
        : unchanged(state)
    case 'localMediaChanged':
      return {
        state: { ...state, call: { ...call, media: { ...call.media, current: event.mediaState } } },
        commands: [],
      }
    case 'leaveRequested':
      return end({ ...call, people: [], connectionId: connectionId ?? call.connectionId }, 'left')
    default:
      return unchanged(state)
  }
}

function handleRejoinRefused(state: Rejoining, failure: RoomsFailure): Transition {
  const call = { ...state.call, people: [] }
  if (isForNow(failure)) {
    // A wait that the server asks for says that it is there: it is no try that has failed.
    const failedTries =
      failure.kind === 'rate_limited' ? Math.max(1, state.failedTries) : state.failedTries + 1
    if (failedTries >= REJOIN_MAX_TRIES) return end(call, 'lost')
    const delayMs = rejoinDelayMs(failedTries, failure.retryAfterMs)
    return {
      state: { ...state, failedTries },
      commands: [{ kind: 'startTimer', timer: { kind: 'rejoin' }, delayMs }],
    }
  }
  switch (failure.kind) {
    case 'room_closed':
      return end(call, 'roomClosed')
    case 'room_unavailable':
    case 'not_allowed':
      return end(call, 'shutOut')
    default:
      return end(call, 'expired')
  }
}
