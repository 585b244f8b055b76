import type { MediaState, Participant } from '../../../shared/domain/participant.ts'
import type { SignalMessage } from '../../../shared/realtime/roomEvents.ts'
import type { EarlyMail, LiveCall, Person } from './callState.ts'
import { selectGeneration } from './callState.ts'
import { andThen, type CallStep, findPerson, step, updatePerson } from './callStep.ts'
import { callPerson, handleRemoteSignals, planClosing } from './link.ts'
import { compareJoining, selectRole } from './role.ts'
import { planTopologyReread, selectWantsMesh } from './route.ts'

/** SECURITY: strangers can fill no more memory than this. */
const EARLY_MAIL_MAX_SENDERS = 8
const EARLY_MAIL_MAX_MESSAGES = 16
const DEPARTED_MAX = 256

/** Takes a person in, unless they are gone already, somebody we have, or ourselves. */
export function addPerson(call: LiveCall, participant: Participant): CallStep {
  const { connectionId, userId } = participant
  if (connectionId === call.connectionId || userId === call.account.userId) return step(call)
  if (call.departed.includes(connectionId)) return step(call)
  if (findPerson(call, connectionId) !== undefined) return refreshPerson(call, participant)
  const sameUser = call.people.find((person) => person.participant.userId === userId)
  if (sameUser === undefined) return admit(call, participant)
  // One stay per person: the newest wins.
  if (compareJoining(sameUser.participant, participant) > 0) return step(call)
  return andThen(departPerson(call, sameUser.participant.connectionId), (next) => admit(next, participant))
}

function refreshPerson(call: LiveCall, participant: Participant): CallStep {
  return updatePerson(call, participant.connectionId, (_, person) => {
    const mediaState =
      person.mediaStateFrom === 'heard' ? person.participant.mediaState : participant.mediaState
    return { person: { ...person, participant: { ...participant, mediaState } }, commands: [] }
  })
}

function admit(call: LiveCall, participant: Participant): CallStep {
  const { connectionId } = participant
  const { [connectionId]: lastGeneration, ...dropped } = call.dropped
  const mail = call.earlyMail.find((early) => early.connectionId === connectionId)
  const isMesh = call.topology.wanted.topology === 'mesh'
  const person: Person = {
    participant: mail?.mediaState ? { ...participant, mediaState: mail.mediaState } : participant,
    role: selectRole(call, participant),
    link:
      lastGeneration === undefined || lastGeneration < 0 || !isMesh
        ? { kind: 'waiting', generation: lastGeneration ?? -1 }
        : { kind: 'broken', generation: lastGeneration, cause: 'closed' },
    presence: call.present?.includes(connectionId) === true ? 'present' : 'unknown',
    failedAttempts: 0,
    hasConnected: false,
    mediaStateFrom: mail?.mediaState ? 'heard' : 'listed',
  }
  const people = [...call.people, person].sort((a, b) => compareJoining(a.participant, b.participant))
  const earlyMail = call.earlyMail.filter((early) => early !== mail)
  const admitted = updatePerson({ ...call, people, dropped, earlyMail }, connectionId, (context, current) =>
    current.role === 'caller' && isMesh ? callPerson(context, current) : { person: current, commands: [] },
  )
  return (mail?.signals ?? []).reduce(
    (before, message) =>
      andThen(before, (next) =>
        updatePerson(next, connectionId, (context, current) =>
          selectWantsMesh(next, current)
            ? handleRemoteSignals(context, current, message)
            : { person: current, commands: [] },
        ),
      ),
    admitted,
  )
}

function removePerson(call: LiveCall, person: Person): CallStep {
  return step({ ...call, people: call.people.filter((other) => other !== person) }, ...planClosing(person))
}

/** Somebody has left for good. */
export function departPerson(call: LiveCall, connectionId: string): CallStep {
  const departed = call.departed.includes(connectionId)
    ? call.departed
    : [...call.departed, connectionId].slice(-DEPARTED_MAX)
  const { [connectionId]: _, ...dropped } = call.dropped
  const earlyMail = call.earlyMail.filter((early) => early.connectionId !== connectionId)
  const next = { ...call, departed, dropped, earlyMail }
  const person = findPerson(next, connectionId)
  return person === undefined ? step(next) : removePerson(next, person)
}

/** Somebody is not to be seen or heard any more, but has not said so: if they show up again they are taken in again. */
export function dropPerson(call: LiveCall, connectionId: string): CallStep {
  const person = findPerson(call, connectionId)
  if (person === undefined) return step(call)
  const dropped = { ...call.dropped, [connectionId]: selectGeneration(person.link) }
  return removePerson({ ...call, dropped }, person)
}

/**
 * Reconciles with the database's list. Who is missing there and in presence has left while we could not hear it; who was
 * dropped for being absent stays dropped until present. Presence counts for more than a list that may be a moment old.
 */
export function reconcilePeople(call: LiveCall, participants: readonly Participant[]): CallStep {
  const listed = new Set(participants.map((participant) => participant.connectionId))
  const isPresent = (connectionId: string): boolean => call.present?.includes(connectionId) === true
  const missing = call.people
    .map((person) => person.participant.connectionId)
    .filter((connectionId) => !listed.has(connectionId) && call.present !== null && !isPresent(connectionId))
  const believed = participants.filter(
    ({ connectionId }) => !(connectionId in call.dropped) || isPresent(connectionId),
  )
  const removed = missing.reduce(
    (before, connectionId) => andThen(before, (next) => dropPerson(next, connectionId)),
    step(call),
  )
  return believed.reduce(
    (before, participant) => andThen(before, (next) => addPerson(next, participant)),
    removed,
  )
}

/** Whether the database no longer lists our own stay. */
export function selectIsOwnStayMissing(call: LiveCall, participants: readonly Participant[]): boolean {
  return !participants.some((participant) => participant.connectionId === call.connectionId)
}

function keepMail(call: LiveCall, connectionId: string, add: (mail: EarlyMail) => EarlyMail): CallStep {
  if (call.departed.includes(connectionId)) return step(call)
  const known = call.earlyMail.find((early) => early.connectionId === connectionId)
  if (known === undefined && call.earlyMail.length >= EARLY_MAIL_MAX_SENDERS) return step(call)
  const mail = add(known ?? { connectionId, signals: [], mediaState: null })
  return step(
    { ...call, earlyMail: [...call.earlyMail.filter((early) => early !== known), mail] },
    { kind: 'readParticipants', roomId: call.room.id },
  )
}

/** A signal, perhaps from somebody whose joining we have not heard of yet. */
export function handleSignalReceived(call: LiveCall, message: SignalMessage): CallStep {
  if (message.to !== call.connectionId || message.from === call.connectionId) return step(call)
  if (findPerson(call, message.from) === undefined) {
    const { from, to: _, ...received } = message
    return keepMail(call, from, (mail) => ({
      ...mail,
      signals: [...mail.signals, received].slice(-EARLY_MAIL_MAX_MESSAGES),
    }))
  }
  return updatePerson(call, message.from, (context, person) => {
    // One of us has not heard yet that the room has moved on.
    if (!selectWantsMesh(call, person)) return { person, commands: [planTopologyReread()] }
    return handleRemoteSignals(context, person, message)
  })
}

/** Somebody muted, or turned the camera off or on. */
export function handleMediaStateReceived(
  call: LiveCall,
  connectionId: string,
  mediaState: MediaState,
): CallStep {
  if (connectionId === call.connectionId) return step(call)
  if (findPerson(call, connectionId) === undefined) {
    return keepMail(call, connectionId, (mail) => ({ ...mail, mediaState }))
  }
  return updatePerson(call, connectionId, (_, person) => ({
    person: { ...person, participant: { ...person.participant, mediaState }, mediaStateFrom: 'heard' },
    commands: [],
  }))
}

/** Somebody shows another goal, or none any more. */
export function showGoal(call: LiveCall, userId: string, goal: string | null): LiveCall {
  return changeParticipant(call, userId, { goal })
}

/** Somebody has chosen another picture. */
export function showAvatar(call: LiveCall, userId: string, avatar: string | null): LiveCall {
  return changeParticipant(call, userId, { avatar })
}

/** Somebody has raised or lowered their hand; it may be our own. */
export function showHand(call: LiveCall, userId: string, handRaisedAt: string | null): LiveCall {
  return userId === call.account.userId
    ? { ...call, handRaisedAt }
    : changeParticipant(call, userId, { handRaisedAt })
}

function changeParticipant(call: LiveCall, userId: string, change: Partial<Participant>): LiveCall {
  return {
    ...call,
    people: call.people.map((person) =>
      person.participant.userId === userId
        ? { ...person, participant: { ...person.participant, ...change } }
        : person,
    ),
  }
}
