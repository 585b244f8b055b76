import type { CallCommand } from './callEvents.ts'
import type { LiveCall, Person } from './callState.ts'
import type { LinkContext, PersonStep } from './link.ts'

/** The live call after something happened, and what to do about it. */
export interface CallStep {
  readonly call: LiveCall
  readonly commands: readonly CallCommand[]
}

export function step(call: LiveCall, ...commands: readonly CallCommand[]): CallStep {
  return { call, commands }
}

/** One thing after the other. */
export function andThen(before: CallStep, next: (call: LiveCall) => CallStep): CallStep {
  const after = next(before.call)
  return { call: after.call, commands: [...before.commands, ...after.commands] }
}

export function selectLinkContext(call: LiveCall): LinkContext {
  return {
    connectionId: call.connectionId,
    iceServers: call.iceServers,
    canSend: call.signaling === 'joined',
  }
}

export function findPerson(call: LiveCall, connectionId: string): Person | undefined {
  return call.people.find((person) => person.participant.connectionId === connectionId)
}

/** Changes one person; nothing happens when they are not in the call. */
export function updatePerson(
  call: LiveCall,
  connectionId: string,
  change: (context: LinkContext, person: Person) => PersonStep,
): CallStep {
  const person = findPerson(call, connectionId)
  if (person === undefined) return step(call)
  const changed = change(selectLinkContext(call), person)
  if (changed.person === person) return step(call, ...changed.commands)
  const people = call.people.map((other) => (other === person ? changed.person : other))
  return step({ ...call, people }, ...changed.commands)
}

/** Changes everybody, in the order of joining. */
export function updateEverybody(
  call: LiveCall,
  change: (context: LinkContext, person: Person) => PersonStep,
): CallStep {
  return call.people.reduce(
    (before, person) =>
      andThen(before, (current) => updatePerson(current, person.participant.connectionId, change)),
    step(call),
  )
}
