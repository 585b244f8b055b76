import type { MediaKind } from '../../src/renderer/core/ports/mediaRoutes.ts'
import { planTopology, type TopologyPerson } from '../../src/renderer/core/topology/planTopology.ts'
import {
  handleAcknowledged,
  handleArrival,
  handleSfuConnected,
  handleSfuGone,
  handleSfuPeople,
  handleSfuRetry,
  wantTopology,
} from '../../src/renderer/core/topology/topologyEvents.ts'
import { createTopologyState, type TopologyState } from '../../src/renderer/core/topology/topologyState.ts'

export type TopologyHappening =
  | { readonly kind: 'move' }
  | { readonly kind: 'deliver' | 'lose'; readonly which: number }
  | { readonly kind: 'enter' | 'loseSfu'; readonly who: number }
  | { readonly kind: 'arrive' | 'connect'; readonly who: number; readonly whose: number }

/** Several people's topology planners around one room, one media server, and a channel that loses and reorders. */
export interface TopologySimulation {
  apply(happening: TopologyHappening): void
  /** Everything is delivered, connected and arrives, until nothing is left to happen. */
  calmDown(): void
  /** Times at which somebody who was seen was not seen any more although nothing had failed. */
  losses(): readonly string[]
  /** What is wrong once it is calm. */
  describeFlaws(): readonly string[]
}

const sent: readonly MediaKind[] = ['microphone', 'camera']

interface SimulatedPerson {
  readonly name: string
  state: TopologyState
  isOnSfu: boolean
}

interface Mail {
  readonly to: string
  /** Who says by it that the media of the receiver has come; null: it is about something else. */
  readonly acknowledgedBy: string | null
  readonly change: (state: TopologyState) => TopologyState
}

const names = ['Ada', 'Ben', 'Chloe', 'Dan', 'Eve'] as const

export function createTopologySimulation(count: number): TopologySimulation {
  const people: SimulatedPerson[] = names.slice(0, count).map((name) => ({
    name,
    state: createTopologyState({ topology: 'mesh', epoch: 0 }, null),
    isOnSfu: false,
  }))
  /** The direct connection of each pair; both sides see the same, as closing one is noticed by the other. */
  const mesh = new Map<string, TopologyPerson['mesh']>()
  const losses: string[] = []
  let mails: Mail[] = []
  let epoch = 0

  const pairOf = (a: string, b: string): string => [a, b].toSorted().join(' ')
  const meshOf = (a: string, b: string): TopologyPerson['mesh'] => mesh.get(pairOf(a, b)) ?? 'none'

  function viewOf(person: SimulatedPerson): readonly TopologyPerson[] {
    return people
      .filter((other) => other !== person)
      .map((other) => ({ connectionId: other.name, mesh: meshOf(person.name, other.name), sent }))
  }

  /** Whether media of `other` is really there by the path by which `person` shows them. */
  function sees(person: SimulatedPerson, other: SimulatedPerson): boolean {
    const passage = person.state.passages[other.name]
    if (passage === undefined || passage.arrived[passage.shown].length < sent.length) return false
    if (passage.shown === 'mesh') return meshOf(person.name, other.name) === 'carrying'
    return person.isOnSfu && other.isOnSfu
  }

  function settle(person: SimulatedPerson): void {
    const plan = planTopology(person.state, viewOf(person), true)
    person.state = plan.state
    for (const action of plan.actions) {
      switch (action.kind) {
        case 'disconnectSfu':
          leaveSfu(person)
          break
        case 'openMesh': {
          const pair = pairOf(person.name, action.connectionId)
          if (!mesh.has(pair)) mesh.set(pair, 'trying')
          break
        }
        case 'closeMesh':
          deliverAcknowledgements((pair) => pair.has(person.name) && pair.has(action.connectionId))
          mesh.delete(pairOf(person.name, action.connectionId))
          forgetArrivals(person.name, action.connectionId)
          break
        case 'acknowledge':
          for (const to of action.connectionIds) {
            mails.push({
              to,
              acknowledgedBy: person.name,
              change: (state) => handleAcknowledged(state, person.name, action.epoch),
            })
          }
          break
        default:
          break
      }
    }
  }

  function forgetArrivals(a: string, b: string): void {
    for (const [person, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const known = people.find(({ name }) => name === person)
      if (known === undefined) continue
      for (const kind of sent) {
        const arrival = { connectionId: other, path: 'mesh', kind, isArriving: false } as const
        known.state = handleArrival(known.state, arrival, true)
      }
    }
  }

  /** A connection takes longer to be missed than the channel takes to deliver what was said of it before. */
  function deliverAcknowledgements(isAbout: (pair: ReadonlySet<string>) => boolean): void {
    const due = mails.filter(
      ({ to, acknowledgedBy }) => acknowledgedBy !== null && isAbout(new Set([to, acknowledgedBy])),
    )
    mails = mails.filter((mail) => !due.includes(mail))
    for (const mail of due) deliver(mail)
  }

  function leaveSfu(person: SimulatedPerson): void {
    deliverAcknowledgements((pair) => pair.has(person.name))
    person.isOnSfu = false
    tellSfuPeople()
  }

  function tellSfuPeople(): void {
    const inside = people.filter((person) => person.isOnSfu)
    for (const person of inside) {
      const others = inside.filter((other) => other !== person).map((other) => other.name)
      person.state = handleSfuPeople(person.state, person.state.session, others)
      for (const other of people) {
        if (others.includes(other.name)) continue
        for (const kind of sent) {
          const arrival = { connectionId: other.name, path: 'sfu', kind, isArriving: false } as const
          person.state = handleArrival(person.state, arrival, true)
        }
      }
    }
  }

  function settleAll(): void {
    for (const person of people) settle(person)
  }

  /** Runs something that fails nothing: whoever was seen before must be seen after it. */
  function withoutLoss(what: string, run: () => void): void {
    const pairs = people.flatMap((person) =>
      people
        .filter((other) => other !== person)
        .map((other) => ({ person, other, wasSeen: sees(person, other) })),
    )
    run()
    settleAll()
    settleAll()
    for (const { person, other, wasSeen } of pairs) {
      if (wasSeen && !sees(person, other)) losses.push(`${what}: ${person.name} lost ${other.name}`)
    }
  }

  function enter(person: SimulatedPerson): void {
    if (person.state.sfu.kind === 'waiting') person.state = handleSfuRetry(person.state)
    if (person.state.sfu.kind !== 'connecting') return
    person.isOnSfu = true
    person.state = handleSfuConnected(person.state, person.state.session)
    tellSfuPeople()
  }

  function arrive(person: SimulatedPerson, other: SimulatedPerson): void {
    for (const path of ['mesh', 'sfu'] as const) {
      const isThere =
        path === 'mesh' ? meshOf(person.name, other.name) === 'carrying' : person.isOnSfu && other.isOnSfu
      if (!isThere) continue
      for (const kind of sent) {
        const arrival = { connectionId: other.name, path, kind, isArriving: true } as const
        person.state = handleArrival(person.state, arrival, true)
      }
    }
  }

  function move(): void {
    epoch += 1
    const topology = epoch % 2 === 1 ? 'sfu' : 'mesh'
    const wanted = { topology, epoch } as const
    for (const { name } of people) {
      mails.push({ to: name, acknowledgedBy: null, change: (state) => wantTopology(state, wanted) })
    }
  }

  function take(which: number): Mail | undefined {
    const mail = mails[mails.length === 0 ? -1 : which % mails.length]
    mails = mails.filter((other) => other !== mail)
    return mail
  }

  function deliver(mail: Mail | undefined): void {
    const person = people.find(({ name }) => name === mail?.to)
    if (person !== undefined && mail !== undefined) person.state = mail.change(person.state)
  }

  function pick(who: number): SimulatedPerson {
    const person = people[who % count]
    if (person === undefined) throw new Error('nobody')
    return person
  }

  function apply(happening: TopologyHappening): void {
    switch (happening.kind) {
      case 'move':
        return move()
      case 'deliver':
        return withoutLoss('deliver', () => deliver(take(happening.which)))
      case 'lose':
        return void take(happening.which)
      case 'enter':
        return withoutLoss('enter', () => enter(pick(happening.who)))
      case 'loseSfu': {
        const person = pick(happening.who)
        leaveSfu(person)
        person.state = handleSfuGone(person.state, person.state.session, 'unreachable')
        return settleAll()
      }
      case 'arrive':
        return withoutLoss('arrive', () => {
          const [person, other] = [pick(happening.who), pick(happening.whose)]
          if (person !== other) arrive(person, other)
        })
      case 'connect':
        return withoutLoss('connect', () => {
          const pair = pairOf(pick(happening.who).name, pick(happening.whose).name)
          if (mesh.get(pair) === 'trying') mesh.set(pair, 'carrying')
        })
    }
  }

  settleAll()
  return {
    apply,
    calmDown() {
      // The topology is read again by whoever missed its news; what was said for the last one is said again.
      epoch -= 1
      move()
      for (let round = 0; round < 5; round += 1) {
        while (mails.length > 0) apply({ kind: 'deliver', which: 0 })
        for (let who = 0; who < count; who += 1) {
          apply({ kind: 'enter', who })
          for (let whose = 0; whose < count; whose += 1) {
            if (who === whose) continue
            apply({ kind: 'connect', who, whose })
            apply({ kind: 'arrive', who, whose })
          }
        }
        for (const person of people) {
          person.state = { ...person.state, told: { epoch, connectionIds: [] } }
        }
        withoutLoss('settle', () => undefined)
      }
    },
    losses: () => losses,
    describeFlaws() {
      const isSfu = epoch % 2 === 1
      const flaws: string[] = []
      for (const person of people) {
        if (person.isOnSfu !== isSfu)
          flaws.push(`${person.name} is ${isSfu ? 'not ' : ''}on the media server`)
        for (const other of people) {
          if (other === person) continue
          const direct = meshOf(person.name, other.name)
          const pair = `${person.name} and ${other.name}`
          if (direct !== (isSfu ? 'none' : 'carrying')) flaws.push(`${pair}: mesh ${direct}`)
          if (!sees(person, other)) flaws.push(`${pair}: not seen`)
        }
      }
      return flaws
    },
  }
}
