import type { CallCommand } from './callEvents.ts'
import type { LiveCall, Person } from './callState.ts'
import { andThen, type CallStep, findPerson, step, updateEverybody, updatePerson } from './callStep.ts'
import { handleListening, type LinkContext, type PersonStep } from './link.ts'
import { dropPerson } from './roster.ts'
import { selectIsReached } from './route.ts'
import { ABSENCE_GRACE_MS, OVERDUE_GRACE_MS } from './timing.ts'

function absenceTimer(person: Person, delayMs: number | null): CallCommand {
  const timer = { kind: 'absence', connectionId: person.participant.connectionId } as const
  return delayMs === null ? { kind: 'stopTimer', timer } : { kind: 'startTimer', timer, delayMs }
}

function handleListed(context: LinkContext, person: Person, isFirstList: boolean): PersonStep {
  if (person.presence === 'present') return { person, commands: [] }
  const since = isFirstList && person.presence === 'unknown' ? 'maybeBefore' : 'now'
  const listening = handleListening(context, { ...person, presence: 'present' }, since)
  return { ...listening, commands: [absenceTimer(person, null), ...listening.commands] }
}

function handleMissing(person: Person): PersonStep {
  if (person.presence === 'absent' || person.presence === 'overdue') return { person, commands: [] }
  return { person: { ...person, presence: 'absent' }, commands: [absenceTimer(person, ABSENCE_GRACE_MS)] }
}

/** Who listens at the moment. Somebody listed whom we do not know is looked up. */
export function handlePresenceChanged(call: LiveCall, connectionIds: readonly string[]): CallStep {
  if (call.signaling !== 'joined') return step(call)
  const isFirstList = call.present === null
  const listed = new Set(connectionIds)
  const updated = updateEverybody({ ...call, present: connectionIds }, (context, person) =>
    listed.has(person.participant.connectionId)
      ? handleListed(context, person, isFirstList)
      : handleMissing(person),
  )
  const hasStranger = connectionIds.some(
    (connectionId) =>
      connectionId !== call.connectionId &&
      !call.departed.includes(connectionId) &&
      findPerson(call, connectionId) === undefined,
  )
  return hasStranger
    ? andThen(updated, (next) => step(next, { kind: 'readParticipants', roomId: call.room.id }))
    : updated
}

/** We no longer hear the channel: nobody's absence counts until we do again, and what was heard may grow old. */
export function forgetPresence(call: LiveCall): CallStep {
  return updateEverybody({ ...call, present: null }, (_, person) => ({
    person: { ...person, presence: 'unknown', mediaStateFrom: 'listed' },
    commands: [absenceTimer(person, null)],
  }))
}

/** The grace time is over. Media that still arrives keeps a person here. */
export function handleAbsenceTimer(call: LiveCall, connectionId: string): CallStep {
  const person = findPerson(call, connectionId)
  if (person === undefined || (person.presence !== 'absent' && person.presence !== 'overdue'))
    return step(call)
  if (!selectIsReached(call, person)) return dropPerson(call, connectionId)
  return updatePerson(call, connectionId, () => ({
    person: { ...person, presence: 'overdue' },
    commands: [],
  }))
}

/**
 * To be called after a link may have changed: somebody overdue is kept by their media alone. Only the moment at which it stops counts,
 * or trying to mend it would keep them for ever.
 */
export function watchOverdue(before: LiveCall, call: LiveCall, connectionId: string): CallStep {
  const person = findPerson(call, connectionId)
  if (person?.presence !== 'overdue' || selectIsReached(call, person)) return step(call)
  const earlier = findPerson(before, connectionId)
  if (!earlier || !selectIsReached(before, earlier)) return step(call)
  return step(call, absenceTimer(person, OVERDUE_GRACE_MS))
}
