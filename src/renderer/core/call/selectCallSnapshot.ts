import type { CallSnapshot, LinkState, MediaServerState, PersonSnapshot } from './callSnapshot.ts'
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

/** How somebody on the media server looks to the person in front of it. */
function selectSfuLinkState(call: LiveCall, person: Person): LinkState {
  const { sfu, onSfu } = call.topology
  const { connectionId } = person.participant
  switch (sfu.kind) {
    case 'off':
      return 'connecting'
    case 'connecting':
      return sfu.failedTries === 0 ? 'connecting' : selectServerless(sfu.failedTries)
    case 'connected':
      return onSfu.includes(connectionId) ? 'connected' : 'waiting'
    case 'interrupted':
      return 'reconnecting'
    case 'waiting':
      return selectServerless(sfu.failedTries)
  }
}

function selectServerless(failedTries: number): LinkState {
  return failedTries >= FAILED_AFTER_ATTEMPTS ? 'failed' : 'reconnecting'
}

function selectMediaServer({ wanted, sfu }: LiveCall['topology']): MediaServerState {
  if (wanted.topology === 'mesh') return 'notNeeded'
  switch (sfu.kind) {
    case 'off':
      return 'connecting'
    case 'connecting':
      return sfu.failedTries === 0 ? 'connecting' : 'unreachable'
    case 'connected':
      return 'connected'
    case 'interrupted':
      return 'reconnecting'
    case 'waiting':
      return sfu.failure === 'needsConsent' ? 'needsConsent' : 'unreachable'
  }
}

function selectPersonSnapshot(call: LiveCall, person: Person, isRejoining: boolean): PersonSnapshot {
  const { userId, connectionId, displayName, avatar, mediaState, goal, handRaisedAt } = person.participant
  const path = call.topology.passages[connectionId]?.shown ?? call.topology.wanted.topology
  const link = path === 'mesh' ? selectLinkState(person) : selectSfuLinkState(call, person)
  return {
    userId,
    connectionId,
    displayName,
    avatar: avatar ?? null,
    goal: goal ?? null,
    handRaisedAt: handRaisedAt ?? null,
    mediaState,
    link: isRejoining ? 'reconnecting' : link,
    path,
  }
}

function selectLiveSnapshot(call: LiveCall, isRejoining: boolean): CallSnapshot {
  const { userId, displayName } = call.account
  return {
    kind: 'live',
    room: call.room,
    self: { userId, connectionId: call.connectionId, displayName, handRaisedAt: call.handRaisedAt },
    others: call.people.map((person) => selectPersonSnapshot(call, person, isRejoining)),
    signaling: isRejoining ? 'reconnecting' : selectSignaling(call),
    mediaServer: selectMediaServer(call.topology),
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
