import type { CallSnapshot, PersonSnapshot } from '../../src/renderer/core/call/callSnapshot.ts'
import type { JoinRoomResponse } from '../../src/shared/api/rooms.ts'
import type { MediaState, Participant } from '../../src/shared/domain/participant.ts'

/** How people join: muted and dark, until they say otherwise. */
export const quietMediaState: MediaState = { isMuted: true, isVideoOff: true, isScreensharing: false }

const names = ['Ada', 'Ben', 'Chloe', 'Dan', 'Eve'] as const

/** A person by name. They join in the order of the alphabet, a minute apart; the connection id tells the name. */
export function createParticipant(name: string, changes: Partial<Participant> = {}): Participant {
  const index = names.findIndex((known) => known === name)
  return {
    userId: `user-${name}`,
    connectionId: name,
    displayName: name,
    joinedAt: `2026-03-01T10:0${Math.max(index, 0)}:00.000Z`,
    mediaState: quietMediaState,
    ...changes,
  }
}

/** The answer to joining the library. */
export function createJoinResponse(participants: readonly Participant[]): JoinRoomResponse {
  return {
    room: {
      id: 'library',
      name: 'Library',
      privacy: 'public',
      tags: [],
      participantCount: participants.length,
      maxParticipants: 4,
      capacity: 4,
      hasPassword: false,
      createdAt: '2026-03-01T09:00:00.000Z',
      creatorId: null,
      isLocked: false,
      recurringRoomId: null,
      settings: { allowChat: true, allowVideo: true, allowScreenshare: true, allowTimerControl: true },
    },
    participants: [...participants],
    topology: 'mesh',
    epoch: 0,
    channel: 'room:library',
    iceServers: [],
    sfu: null,
    timer: null,
    recording: null,
  }
}

/** Somebody else in a call, seen and heard directly. */
export function createPersonSnapshot(name: string, changes: Partial<PersonSnapshot> = {}): PersonSnapshot {
  return {
    userId: `user-${name}`,
    connectionId: name,
    displayName: name,
    avatar: null,
    mediaState: { isMuted: false, isVideoOff: false, isScreensharing: false },
    link: 'connected',
    path: 'mesh',
    goal: null,
    handRaisedAt: null,
    ...changes,
  }
}

type LiveSnapshot = Extract<CallSnapshot, { kind: 'live' }>

/** A call in the library that Ada is in, with nobody else. */
export function createLiveSnapshot(changes: Partial<LiveSnapshot> = {}): LiveSnapshot {
  return {
    kind: 'live',
    room: createJoinResponse([]).room,
    self: { userId: 'user-Ada', connectionId: 'Ada', displayName: 'Ada', handRaisedAt: null },
    others: [],
    signaling: 'joined',
    mediaServer: 'notNeeded',
    isMutedByCreator: false,
    ...changes,
  }
}
