import type { CallCommand, CallEvent } from '../../src/renderer/core/call/callEvents.ts'
import type { CallState } from '../../src/renderer/core/call/callState.ts'
import { initialCallState, transition } from '../../src/renderer/core/call/transition.ts'
import type { PeerOptions } from '../../src/renderer/core/ports/peer.ts'
import { ok } from '../../src/shared/result.ts'
import { createFakeClock, type FakeClock } from './fakes/fakeClock.ts'
import { createJoinResponse, createParticipant, quietMediaState } from './people.ts'

/** What may happen while people meet. */
export type Happening =
  | { readonly kind: 'join' | 'disconnect' | 'reconnect'; readonly who: number }
  | { readonly kind: 'deliver' | 'lose' | 'repeat' | 'breakPeer' | 'interrupt'; readonly which: number }
  | { readonly kind: 'wait'; readonly durationMs: number }

/** Several machines around one network that loses, repeats and reorders. */
export interface Simulation {
  apply(happening: Happening): void
  /** Everybody joins, everybody is connected, everything is delivered, until nothing is left to happen. */
  calmDown(): void
  /** What is wrong with the mesh; empty when each pair has one connected link with one caller. */
  describeFlaws(): readonly string[]
}

interface SimulatedPeer {
  readonly options: PeerOptions
  /** The other side's peer that this one was described by; another one can never take its place. */
  remote: SimulatedPeer | null
  /** The negotiation under way. */
  generation: number
  isDescribed: boolean
  isOpen: boolean
}

interface SimulatedPerson {
  readonly name: string
  state: CallState
  hasChannel: boolean
  isListening: boolean
  readonly peers: Map<string, SimulatedPeer>
  readonly timers: Map<string, () => void>
}

interface Mail {
  readonly to: string
  readonly event: CallEvent
}

const names = ['Ada', 'Ben', 'Chloe', 'Dan'] as const

export function createSimulation(count: number): Simulation {
  const clock: FakeClock = createFakeClock()
  const people: SimulatedPerson[] = names.slice(0, count).map((name) => ({
    name,
    state: initialCallState,
    hasChannel: false,
    isListening: false,
    peers: new Map(),
    timers: new Map(),
  }))
  /** Peers by the text of the description that they gave. */
  const described = new Map<string, SimulatedPeer>()
  const joined: string[] = []
  let mails: Mail[] = []

  function personOf(name: string): SimulatedPerson | undefined {
    return people.find((person) => person.name === name)
  }

  function dispatch(person: SimulatedPerson, event: CallEvent): void {
    const after = transition(person.state, event)
    person.state = after.state
    for (const command of after.commands) run(person, command)
  }

  function tellPresence(): void {
    const connectionIds = people.filter((person) => person.isListening).map((person) => person.name)
    for (const person of people) {
      if (person.isListening)
        mails.push({ to: person.name, event: { kind: 'presenceChanged', connectionIds } })
    }
  }

  function listParticipants(): ReturnType<typeof createParticipant>[] {
    return joined.map((name) => createParticipant(name))
  }

  function openPeer(person: SimulatedPerson, options: PeerOptions): void {
    const { generation } = options
    const peer: SimulatedPeer = { options, remote: null, generation, isDescribed: false, isOpen: true }
    closePeer(person, options.connectionId)
    person.peers.set(options.connectionId, peer)
    if (options.role === 'caller') speak(person, peer, 'offer')
  }

  function speak(person: SimulatedPerson, peer: SimulatedPeer, type: 'offer' | 'answer'): void {
    const { generation } = peer
    const { connectionId } = peer.options
    const sdp = `${person.name}>${connectionId}#${described.size}`
    described.set(sdp, peer)
    mails.push({
      to: person.name,
      event: { kind: 'peerSignalled', connectionId, generation, signals: [{ type, sdp }] },
    })
  }

  /** The other side's data channel notices when a peer goes. */
  function closePeer(person: SimulatedPerson, connectionId: string): void {
    const peer = person.peers.get(connectionId)
    person.peers.delete(connectionId)
    if (peer === undefined) return
    peer.isOpen = false
    const other = personOf(connectionId)
    const remote = other?.peers.get(person.name)
    if (other !== undefined && remote !== undefined && remote.remote === peer)
      failPeer(other, person.name, remote, 'closed')
  }

  function failPeer(
    person: SimulatedPerson,
    connectionId: string,
    peer: SimulatedPeer,
    end: 'closed' | 'failed',
  ): void {
    if (!peer.isOpen) return
    peer.isOpen = false
    const { generation } = peer
    mails.push({ to: person.name, event: { kind: 'peerGone', connectionId, generation, end } })
  }

  function signalPeer(person: SimulatedPerson, connectionId: string, sdp: string): void {
    const peer = person.peers.get(connectionId)
    const remote = described.get(sdp)
    if (peer === undefined || remote === undefined || !peer.isOpen) return
    if (peer.isDescribed) throw new Error(`${person.name} described its peer to ${connectionId} twice`)
    if (peer.remote !== null && peer.remote !== remote) {
      throw new Error(`${person.name} took up another path to a peer of ${connectionId} that is not its own`)
    }
    peer.remote = remote
    peer.isDescribed = true
    if (peer.options.role === 'callee') return speak(person, peer, 'answer')
    // The caller has the answer: both sides find a path, unless one is gone by now.
    if (!remote.isOpen) return
    const other = personOf(connectionId)
    if (other === undefined) return
    mails.push({
      to: person.name,
      event: { kind: 'peerConnected', connectionId, generation: peer.generation },
    })
    mails.push({
      to: other.name,
      event: { kind: 'peerConnected', connectionId: person.name, generation: remote.generation },
    })
  }

  function restartPeer(person: SimulatedPerson, { connectionId, generation, role }: PeerOptions): void {
    const peer = person.peers.get(connectionId)
    if (peer === undefined || !peer.isOpen) return
    peer.generation = generation
    peer.isDescribed = false
    if (role === 'caller') speak(person, peer, 'offer')
  }

  function run(person: SimulatedPerson, command: CallCommand): void {
    switch (command.kind) {
      case 'joinRoom': {
        if (!joined.includes(person.name)) joined.push(person.name)
        joined.sort()
        const answer = ok(createJoinResponse(listParticipants()))
        const { roomId, connectionId } = command
        dispatch(person, { kind: 'joinAnswered', roomId, connectionId, answer })
        for (const other of people) {
          const participant = createParticipant(person.name)
          if (other !== person)
            mails.push({ to: other.name, event: { kind: 'participantJoined', participant } })
        }
        return
      }
      case 'openChannel':
        person.hasChannel = true
        return
      case 'openPeer':
        return openPeer(person, command.options)
      case 'restartPeer':
        return restartPeer(person, command.options)
      case 'closePeer':
        return closePeer(person, command.connectionId)
      case 'signalPeer':
        for (const signal of command.signals) {
          if ('sdp' in signal) signalPeer(person, command.connectionId, signal.sdp)
        }
        return
      case 'sendSignal':
        mails.push({ to: command.message.to, event: { kind: 'signalReceived', message: command.message } })
        return
      case 'readParticipants':
        mails.push({
          to: person.name,
          event: { kind: 'participantsRead', participants: listParticipants() },
        })
        return
      case 'sendHeartbeat':
        mails.push({ to: person.name, event: { kind: 'heartbeatAnswered', outcome: 'present' } })
        return
      case 'startTimer':
        return startTimer(person, command)
      case 'stopTimer':
        person.timers.get(JSON.stringify(command.timer))?.()
        return
      default:
        return
    }
  }

  function startTimer(
    person: SimulatedPerson,
    { timer, delayMs }: Extract<CallCommand, { kind: 'startTimer' }>,
  ): void {
    const key = JSON.stringify(timer)
    person.timers.get(key)?.()
    person.timers.set(
      key,
      clock.schedule(delayMs, () => dispatch(person, { kind: 'timerFired', timer })),
    )
  }

  /** What comes over the channel is heard only by those who listen; the rest is a person's own. */
  function deliver(mail: Mail): void {
    const person = personOf(mail.to)
    if (person === undefined) return
    const isFromChannel = ['signalReceived', 'presenceChanged', 'participantJoined'].includes(mail.event.kind)
    if (isFromChannel && !person.isListening) return
    dispatch(person, mail.event)
  }

  function isLossy(mail: Mail): boolean {
    return mail.event.kind === 'signalReceived' || mail.event.kind === 'participantJoined'
  }

  function join(person: SimulatedPerson): void {
    if (person.state.kind !== 'idle') return
    const account = { userId: `user-${person.name}`, displayName: person.name }
    dispatch(person, {
      kind: 'joinRequested',
      roomId: 'library',
      connectionId: person.name,
      account,
      mediaState: quietMediaState,
    })
  }

  function connect(person: SimulatedPerson): void {
    if (!person.hasChannel || person.isListening) return
    person.isListening = true
    dispatch(person, { kind: 'channelStatusChanged', status: 'joined' })
    tellPresence()
  }

  function disconnect(person: SimulatedPerson): void {
    if (!person.isListening) return
    person.isListening = false
    dispatch(person, { kind: 'channelStatusChanged', status: 'reconnecting' })
    tellPresence()
  }

  function takeMail(which: number, isTaken: boolean): Mail | undefined {
    const index = mails.length === 0 ? -1 : which % mails.length
    const mail = mails[index]
    if (mail !== undefined && isTaken) mails = mails.filter((_, position) => position !== index)
    return mail
  }

  function pick(who: number): SimulatedPerson {
    const person = people[who % count]
    if (person === undefined) throw new Error('nobody')
    return person
  }

  function apply(happening: Happening): void {
    switch (happening.kind) {
      case 'join':
        return join(pick(happening.who))
      case 'disconnect':
        return disconnect(pick(happening.who))
      case 'reconnect':
        return connect(pick(happening.who))
      case 'deliver': {
        const mail = takeMail(happening.which, true)
        return mail === undefined ? undefined : deliver(mail)
      }
      case 'repeat': {
        const mail = takeMail(happening.which, false)
        return mail === undefined || !isLossy(mail) ? undefined : deliver(mail)
      }
      case 'lose': {
        const mail = takeMail(happening.which, false)
        if (mail !== undefined && isLossy(mail)) mails = mails.filter((other) => other !== mail)
        return
      }
      case 'breakPeer': {
        const links = people.flatMap((person) =>
          [...person.peers].map(([to, peer]) => ({ person, to, peer })),
        )
        const link = links[happening.which % Math.max(links.length, 1)]
        return link === undefined ? undefined : failPeer(link.person, link.to, link.peer, 'failed')
      }
      case 'interrupt': {
        const links = people.flatMap((person) =>
          [...person.peers].map(([to, peer]) => ({ person, to, peer })),
        )
        const link = links[happening.which % Math.max(links.length, 1)]
        if (link === undefined || !link.peer.isOpen) return
        const { generation } = link.peer
        mails.push({
          to: link.person.name,
          event: { kind: 'peerInterrupted', connectionId: link.to, generation },
        })
        return
      }
      case 'wait':
        return clock.advance(happening.durationMs)
    }
  }

  function deliverAll(): void {
    for (let mail = mails.shift(); mail !== undefined; mail = mails.shift()) deliver(mail)
  }

  return {
    apply,
    calmDown() {
      for (const person of people) join(person)
      for (const person of people) connect(person)
      // Presence is a state: whatever order its versions came in, the latest arrives at last.
      deliverAll()
      tellPresence()
      for (let second = 0; second < 120; second += 1) {
        deliverAll()
        clock.advance(1_000)
      }
      deliverAll()
    },
    describeFlaws() {
      const flaws: string[] = []
      for (const person of people) {
        for (const other of people) {
          if (person === other) continue
          flaws.push(...describePair(person, other))
        }
      }
      return flaws
    },
  }
}

function describePair(person: SimulatedPerson, other: SimulatedPerson): readonly string[] {
  const pair = `${person.name} to ${other.name}`
  if (person.state.kind !== 'live') return [`${person.name} is not live`]
  const known = person.state.people.filter((entry) => entry.participant.connectionId === other.name)
  const [entry] = known
  if (known.length !== 1 || entry === undefined) return [`${pair}: known ${known.length} times`]
  if (entry.link.kind !== 'connected') return [`${pair}: ${entry.link.kind}`]
  const peer = person.peers.get(other.name)
  const opposite = other.peers.get(person.name)
  if (peer === undefined || opposite === undefined) return [`${pair}: no peer`]
  const flaws: string[] = []
  if (!peer.isOpen) flaws.push(`${pair}: the peer is dead`)
  if (peer.remote !== opposite) flaws.push(`${pair}: connected to another peer`)
  if (peer.generation !== opposite.generation) flaws.push(`${pair}: generations differ`)
  if (peer.options.role === opposite.options.role) flaws.push(`${pair}: both are ${peer.options.role}`)
  return flaws
}
