import type { CallSnapshot, LinkState, PersonSnapshot } from './callSnapshot.ts'
import type { CallState, LiveCall, Person } from './callState.ts'
import { FAILED_AFTER_ATTEMPTS, INTERRUPTED_FOR_GOOD_TRIES } from './timing.ts'

/** How a link looks to the person in front of it. */
export function selectLinkState(person: Person): LinkState {
  const { link, hasConnected, failedAttempts } = person
  switch (link.kind) {
    case 'waiting':
      return 'waiting'
    case 'connected':
      return 'connected'
    case 'interrupted':
      return link.tries > INTERRUPTED_FOR_GOOD_TRIES ? 'failed' : 'reconnecting'
    case 'broken':
      // Closed by the other side in good order: most often they are leaving, and nothing needs to flash up before that.
      if (link.cause === 'closed' && hasConnected && failedAttempts === 1) return 'connected'
      return selectTrying(hasConnected, failedAttempts)
    case 'connecting':
      return selectTrying(hasConnected, failedAttempts)
  }
}

function selectTrying(hasConnected: boolean, failedAttempts: number): LinkState {
  if (failedAttempts >= FAILED_AFTER_ATTEMPTS) return 'failed'
  return hasConnected ? 'reconnecting' : 'connecting'
}

function selectPersonSnapshot(person: Person, link: LinkState): PersonSnapshot {
  const { userId, connectionId, displayName, mediaState } = person.participant
  return { userId, connectionId, displayName, mediaState, link, path: 'mesh' }
}

function selectLiveSnapshot(call: LiveCall, isRejoining: boolean): CallSnapshot {
  const { userId, displayName } = call.account
  return {
    kind: 'live',
    room: call.room,
    self: { userId, connectionId: call.connectionId, displayName },
    others: call.people.map((person) =>
      selectPersonSnapshot(person, isRejoining ? 'reconnecting' : selectLinkState(person)),
    ),
    signaling: isRejoining ? 'reconnecting' : selectSignaling(call),
    topology: call.topology,
    isMutedByCreator: call.isMutedByCreator,
  }
}

function selectSignaling(call: LiveCall): Extract<CallSnapshot, { kind: 'live' }>['signaling'] {
  if (call.signaling === 'refused') return 'reconnecting'
  return call.signaling === 'moving' ? 'joined' : call.signaling
}

/** What screens see of a call. Joining again by itself looks like a live call that reconnects. */
export function selectCallSnapshot(state: CallState): CallSnapshot {
  switch (state.kind) {
    case 'idle':
    case 'refused':
    case 'ended':
      return state
    case 'joining':
      return { kind: 'joining', roomId: state.roomId }
    case 'live':
      return selectLiveSnapshot(state, false)
    case 'rejoining':
      return selectLiveSnapshot(state.call, true)
  }
}
