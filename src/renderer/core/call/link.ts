import type { IceServer } from '../../../shared/api/rooms.ts'
import type { SignalData } from '../../../shared/realtime/roomEvents.ts'
import type { PeerEnd } from '../ports/peer.ts'
import type { CallCommand } from './callEvents.ts'
import {
  type Link,
  type Negotiation,
  type Person,
  type ReceivedSignals,
  selectGeneration,
  selectNegotiation,
} from './callState.ts'
import {
  ANSWER_PATIENCE_MS,
  CALLEE_INTERRUPTION_PATIENCE_MS,
  CALLEE_PATIENCE_MS,
  CALLEE_RESTART_PATIENCE_MS,
  CONNECT_PATIENCE_MS,
  FIRST_ANSWER_PATIENCE_MS,
  RESTART_PATIENCE_MS,
  RESTARTS_BEFORE_NEW_PEER,
  rebuildDelayMs,
} from './timing.ts'

/** What a link needs to know of the call around it. */
export interface LinkContext {
  readonly connectionId: string
  readonly iceServers: readonly IceServer[]
  /** Whether signals go out at the moment. Those that do not are kept and sent on joining. */
  readonly canSend: boolean
}

/** One person after something happened to their link, and what to do about it. */
export interface PersonStep {
  readonly person: Person
  readonly commands: readonly CallCommand[]
}

/** The schema of a signal message takes this many. */
const MESSAGE_MAX_SIGNALS = 64

export function stay(person: Person): PersonStep {
  return { person, commands: [] }
}

function connectionOf(person: Person): string {
  return person.participant.connectionId
}

/** Starts the timer of this link. */
function wait(person: Person, delayMs: number): CallCommand {
  return { kind: 'startTimer', timer: { kind: 'link', connectionId: connectionOf(person) }, delayMs }
}

/** Ends what a link holds: its peer and its timers. */
export function planClosing(person: Person): readonly CallCommand[] {
  const connectionId = connectionOf(person)
  return [
    ...(selectNegotiation(person.link) === null ? [] : [{ kind: 'closePeer', connectionId } as const]),
    { kind: 'stopTimer', timer: { kind: 'link', connectionId } },
    { kind: 'stopTimer', timer: { kind: 'absence', connectionId } },
  ]
}

/** Ends the link's peer because another path carries their media. A peer of a later generation may follow. */
export function restLink(person: Person): PersonStep {
  const connectionId = connectionOf(person)
  return {
    person: {
      ...person,
      link: { kind: 'waiting', generation: selectGeneration(person.link) },
      failedAttempts: 0,
    },
    commands: [
      ...(selectNegotiation(person.link) === null ? [] : [{ kind: 'closePeer', connectionId } as const]),
      { kind: 'stopTimer', timer: { kind: 'link', connectionId } },
    ],
  }
}

/** Makes a peer of a new generation in place of whatever there was. */
function openGeneration(context: LinkContext, person: Person, generation: number): PersonStep {
  const connectionId = connectionOf(person)
  const { role } = person
  const link: Link = {
    kind: 'connecting',
    generation,
    peerGeneration: generation,
    sent: [],
    deliveredCount: 0,
    remoteDescription: 'awaited',
  }
  const next: Person = { ...person, link }
  return {
    person: next,
    commands: [
      ...(selectNegotiation(person.link) === null ? [] : [{ kind: 'closePeer', connectionId } as const]),
      { kind: 'openPeer', options: { connectionId, generation, role, iceServers: context.iceServers } },
      wait(next, role === 'caller' ? ANSWER_PATIENCE_MS : CALLEE_PATIENCE_MS),
    ],
  }
}

/** Calls the person: the first peer, or the next one. Only the caller of a pair makes generations. */
export function callPerson(context: LinkContext, person: Person): PersonStep {
  return openGeneration(context, person, selectGeneration(person.link) + 1)
}

/**
 * Has the peer look for another path while it keeps whatever it has: its keys, its decoders and the old path, should that come
 * back first (RFC 8445, 9). Tells nobody yet; on the caller's side the peer's offer follows.
 */
function restartGeneration(context: LinkContext, person: Person, generation: number): PersonStep {
  const { role } = person
  const connectionId = connectionOf(person)
  const restarted = withNegotiation(person, {
    generation,
    sent: [],
    deliveredCount: 0,
    remoteDescription: 'awaited',
  })
  const options = { connectionId, generation, role, iceServers: context.iceServers }
  return { person: restarted, commands: [{ kind: 'restartPeer', options }] }
}

/** By the caller: another path, for a peer that is or may be cut off. */
export function restartPath(context: LinkContext, person: Person): PersonStep {
  const { person: next, commands } = restartGeneration(context, person, selectGeneration(person.link) + 1)
  return { person: next, commands: [...commands, wait(next, RESTART_PATIENCE_MS)] }
}

function planMessages(
  context: LinkContext,
  person: Person,
  generation: number,
  signals: readonly SignalData[],
): readonly CallCommand[] {
  const messages: CallCommand[] = []
  const peerGeneration = selectNegotiation(person.link)?.peerGeneration
  for (let start = 0; start < signals.length; start += MESSAGE_MAX_SIGNALS) {
    messages.push({
      kind: 'sendSignal',
      message: {
        from: context.connectionId,
        to: connectionOf(person),
        generation,
        ...(peerGeneration === undefined ? {} : { peerGeneration }),
        signals: signals.slice(start, start + MESSAGE_MAX_SIGNALS),
      },
    })
  }
  return messages
}

function withNegotiation(person: Person, change: Partial<Negotiation>): Person {
  const { link } = person
  return link.kind === 'waiting' || link.kind === 'broken'
    ? person
    : { ...person, link: { ...link, ...change } }
}

/** Sends what our peer has handed out, from `start` on. */
function sendFrom(context: LinkContext, person: Person, start: number): PersonStep {
  const negotiation = selectNegotiation(person.link)
  if (negotiation === null || !context.canSend || negotiation.sent.length <= start) return stay(person)
  return {
    person: withNegotiation(person, { deliveredCount: negotiation.sent.length }),
    commands: planMessages(context, person, negotiation.generation, negotiation.sent.slice(start)),
  }
}

/**
 * Says everything of this generation again. An offer that was not heard stays as good as it was: sending it again costs less
 * than a new peer, and the other side knows a repetition by its generation.
 */
function resend(context: LinkContext, person: Person): PersonStep {
  return sendFrom(context, person, 0)
}

/** Our peer has something for the other side. */
export function handleLocalSignals(
  context: LinkContext,
  person: Person,
  generation: number,
  signals: readonly SignalData[],
): PersonStep {
  const negotiation = selectNegotiation(person.link)
  if (negotiation?.generation !== generation) return stay(person)
  const next = withNegotiation(person, { sent: [...negotiation.sent, ...signals] })
  return sendFrom(context, next, negotiation.deliveredCount)
}

/** The channel is joined (again): what could not be sent goes out; what may have been lost does once more. */
export function handleChannelJoined(context: LinkContext, person: Person): PersonStep {
  const { link } = person
  switch (link.kind) {
    case 'waiting':
    case 'broken':
      return stay(person)
    case 'connecting':
      return resend(context, person)
    case 'connected':
      return sendFrom(context, person, link.deliveredCount)
    case 'interrupted':
      // Our own network may be another by now: what was offered before it came back may lead nowhere.
      return mend(context, person)
  }
}

/** The person has begun to listen: an offer from before was not heard. */
export function handleListening(
  context: LinkContext,
  person: Person,
  since: 'now' | 'maybeBefore',
): PersonStep {
  const { link } = person
  if (link.kind === 'interrupted' && since === 'now') return mend(context, person)
  const isUnanswered =
    person.role === 'caller' && link.kind === 'connecting' && link.remoteDescription === 'awaited'
  if (!isUnanswered) return stay(person)
  if (since === 'maybeBefore') return { person, commands: [wait(person, FIRST_ANSWER_PATIENCE_MS)] }
  const sent = resend(context, person)
  return { ...sent, commands: [...sent.commands, wait(person, ANSWER_PATIENCE_MS)] }
}

/**
 * Hands signals of the current generation to the peer. A second description is dropped: it is a repetition, and to the peer
 * it would be an error. SECURITY: nobody but the caller may offer, nobody but the callee answer, and nobody can make our
 * peer renegotiate.
 */
function deliver(context: LinkContext, person: Person, signals: readonly SignalData[]): PersonStep {
  const negotiation = selectNegotiation(person.link)
  if (negotiation === null) return stay(person)
  const expected = person.role === 'caller' ? 'answer' : 'offer'
  let { remoteDescription } = negotiation
  let isRepeated = false
  const accepted: SignalData[] = []
  for (const signal of signals) {
    if (signal.type === 'candidate') accepted.push(signal)
    if (signal.type !== expected) continue
    if (remoteDescription === 'applied') isRepeated = true
    else accepted.push(signal)
    remoteDescription = 'applied'
  }
  const isNewlyDescribed = remoteDescription !== negotiation.remoteDescription
  const next = withNegotiation(person, { remoteDescription })
  const commands: CallCommand[] = []
  if (accepted.length > 0) {
    commands.push({ kind: 'signalPeer', connectionId: connectionOf(person), signals: accepted })
  }
  if (isNewlyDescribed && next.link.kind === 'connecting') commands.push(wait(next, CONNECT_PATIENCE_MS))
  // An offer that comes again says that our answer has not arrived.
  const answered =
    isRepeated && person.role === 'callee' && next.link.kind === 'connecting'
      ? resend(context, next)
      : stay(next)
  return { person: answered.person, commands: [...commands, ...answered.commands] }
}

/** A message from the person. */
export function handleRemoteSignals(
  context: LinkContext,
  person: Person,
  message: ReceivedSignals,
): PersonStep {
  return person.role === 'caller'
    ? handleCalleeSignals(context, person, message)
    : handleCallerSignals(context, person, message)
}

/** What the callee says to us, who call. */
function handleCalleeSignals(context: LinkContext, person: Person, message: ReceivedSignals): PersonStep {
  const generation = selectGeneration(person.link)
  // The other side lost this peer, or remembers a later one than we do.
  if (message.generation > generation) return openGeneration(context, person, message.generation + 1)
  const asks = message.signals.some((signal) => signal.type === 'renegotiate')
  if (message.generation < generation) return asks ? handleOldAsk(context, person, message) : stay(person)
  if (!asks) return deliver(context, person, message.signals)
  const ours = selectNegotiation(person.link)
  const sharesOurPeer = ours !== null && ours.peerGeneration === message.peerGeneration
  return sharesOurPeer && person.hasConnected ? restartPath(context, person) : callPerson(context, person)
}

/** The callee asks for what we have begun already: our offer for the peer that we share did not reach them. */
function handleOldAsk(context: LinkContext, person: Person, message: ReceivedSignals): PersonStep {
  const ours = selectNegotiation(person.link)
  const isUnanswered = ours?.remoteDescription === 'awaited' && ours.peerGeneration === message.peerGeneration
  if (!isUnanswered) return stay(person)
  const sent = resend(context, person)
  return { ...sent, commands: [...sent.commands, wait(person, RESTART_PATIENCE_MS)] }
}

/** What the caller says to us, who are called. */
function handleCallerSignals(context: LinkContext, person: Person, message: ReceivedSignals): PersonStep {
  const { generation, signals, peerGeneration = message.generation } = message
  const known = selectGeneration(person.link)
  if (generation < known || signals.some((signal) => signal.type === 'renegotiate')) return stay(person)
  if (generation === known) {
    return person.link.kind === 'broken' ? askForMending(context, person) : deliver(context, person, signals)
  }
  if (peerGeneration === generation) {
    const opened = openGeneration(context, person, generation)
    const delivered = deliver(context, opened.person, signals)
    return { person: delivered.person, commands: [...opened.commands, ...delivered.commands] }
  }
  if (selectNegotiation(person.link)?.peerGeneration !== peerGeneration) {
    return askForOtherPeer(context, person, generation)
  }
  const restarted = restartGeneration(context, countRestart(person), generation)
  const delivered = deliver(context, restarted.person, signals)
  // The caller has begun what we would ask for: asked all the same, it would begin anew with what is under way.
  const patience = person.link.kind === 'interrupted' ? [wait(person, CALLEE_RESTART_PATIENCE_MS)] : []
  return {
    person: delivered.person,
    commands: [...restarted.commands, ...delivered.commands, ...patience],
  }
}

/** Of a caller who goes on with a peer whose counterpart we do not have (any more), or by which nothing comes. */
function askForOtherPeer(context: LinkContext, person: Person, generation: number): PersonStep {
  const closing: readonly CallCommand[] =
    selectNegotiation(person.link) === null ? [] : [{ kind: 'closePeer', connectionId: connectionOf(person) }]
  const without: Person = { ...person, link: { kind: 'broken', generation, cause: 'failed' } }
  const asked = askForMending(context, without)
  return { person: asked.person, commands: [...closing, ...asked.commands] }
}

export function handlePeerConnected(person: Person, generation: number): PersonStep {
  const negotiation = selectNegotiation(person.link)
  if (negotiation?.generation !== generation) return stay(person)
  return {
    person: { ...person, link: { ...negotiation, kind: 'connected' }, failedAttempts: 0, hasConnected: true },
    commands: [{ kind: 'stopTimer', timer: { kind: 'link', connectionId: connectionOf(person) } }],
  }
}

export function handlePeerInterrupted(context: LinkContext, person: Person, generation: number): PersonStep {
  const { link } = person
  if (link.kind !== 'connected' || link.generation !== generation) return stay(person)
  const next: Person = { ...person, link: { ...link, kind: 'interrupted', tries: 0, restarts: 0 } }
  // The caller has most often noticed as well, and what it begins needs no question.
  const mending =
    person.role === 'caller'
      ? mend(context, next)
      : { person: next, commands: [wait(next, CALLEE_INTERRUPTION_PATIENCE_MS)] }
  return { person: mending.person, commands: [{ kind: 'checkChannel' }, ...mending.commands] }
}

/** Whether what we say now has somebody to hear it. */
function canBeReached(context: LinkContext, person: Person): boolean {
  return context.canSend && (person.presence === 'present' || person.presence === 'unknown')
}

/** Does something about an interrupted link. Nothing is given up by it: media that comes back by itself is as welcome. */
function mend(context: LinkContext, person: Person): PersonStep {
  const { link, role } = person
  if (link.kind !== 'interrupted') return stay(person)
  const tried: Person = { ...person, link: { ...link, tries: link.tries + 1 } }
  if (!canBeReached(context, person)) return { person: tried, commands: [wait(person, RESTART_PATIENCE_MS)] }
  // Somebody who answers, and yet nothing arrives: another path of the same peer did not help.
  const isHopeless = link.remoteDescription === 'applied' && link.restarts >= RESTARTS_BEFORE_NEW_PEER
  if (role === 'callee') {
    return isHopeless ? askForOtherPeer(context, person, link.generation) : askForMending(context, tried)
  }
  return isHopeless ? callPerson(context, person) : restartPath(context, countRestart(tried))
}

function countRestart(person: Person): Person {
  const { link } = person
  return link.kind === 'interrupted' ? { ...person, link: { ...link, restarts: link.restarts + 1 } } : person
}

/** Does at once what would be done about a broken link in a while. */
export function retryLink(context: LinkContext, person: Person): PersonStep {
  switch (person.link.kind) {
    case 'waiting':
    case 'connected':
    case 'connecting':
      return stay(person)
    case 'interrupted':
      return mend(context, person)
    case 'broken':
      return handleLinkTimer(context, { ...person, failedAttempts: 0 })
  }
}

/** The peer destroyed itself. It may have done so before it was told to seek another path, and be the one that is gone all the same. */
export function handlePeerGone(person: Person, generation: number, end: PeerEnd): PersonStep {
  const negotiation = selectNegotiation(person.link)
  if (negotiation === null || generation < negotiation.peerGeneration) return stay(person)
  return {
    person: breakLink(person, negotiation.generation, end),
    commands: [
      { kind: 'closePeer', connectionId: connectionOf(person) },
      wait(person, rebuildDelayMs(person.failedAttempts + 1, end)),
    ],
  }
}

function breakLink(person: Person, generation: number, cause: PeerEnd): Person {
  return {
    ...person,
    link: { kind: 'broken', generation, cause },
    failedAttempts: person.failedAttempts + 1,
  }
}

/**
 * The callee cannot begin a negotiation: it tells the caller that this one is over. With a peer of its own it asks for another
 * path, without one for another peer.
 */
function askForMending(context: LinkContext, person: Person): PersonStep {
  const ask: SignalData = { type: 'renegotiate', renegotiate: true }
  const messages = context.canSend ? planMessages(context, person, selectGeneration(person.link), [ask]) : []
  return { person, commands: [...messages, wait(person, ANSWER_PATIENCE_MS)] }
}

/** The link's timer: something that should have happened by now has not. */
export function handleLinkTimer(context: LinkContext, person: Person): PersonStep {
  const { link, role } = person
  switch (link.kind) {
    case 'waiting':
    case 'connected':
      return stay(person)
    case 'interrupted':
      return mend(context, person)
    case 'connecting':
    case 'broken':
      if (!canBeReached(context, person)) return { person, commands: [wait(person, ANSWER_PATIENCE_MS)] }
      if (role === 'callee') return askForMending(context, person)
      if (link.kind === 'connecting' && link.remoteDescription === 'awaited') {
        const sent = resend(context, person)
        return { ...sent, commands: [...sent.commands, wait(person, ANSWER_PATIENCE_MS)] }
      }
      return link.kind === 'connecting'
        ? callPerson(context, { ...person, failedAttempts: person.failedAttempts + 1 })
        : callPerson(context, person)
  }
}
