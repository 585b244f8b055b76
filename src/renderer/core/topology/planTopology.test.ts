import { beforeEach, expect, test } from 'vitest'
import { planTopology, type TopologyAction, type TopologyPerson } from './planTopology.ts'
import { handleAcknowledged, handleArrival, handleSfuConnected, handleSfuPeople } from './topologyEvents.ts'
import { createTopologyState, type TopologyState } from './topologyState.ts'

const ben: TopologyPerson = { connectionId: 'Ben', mesh: 'carrying', sent: ['microphone'] }

let state: TopologyState

function plan(): readonly TopologyAction[] {
  const next = planTopology(state, [ben], true)
  state = next.state
  return next.actions
}

const told = (): boolean => plan().some(({ kind }) => kind === 'acknowledge')

/** The room goes to the media server, and Ben is seen there. */
beforeEach(() => {
  state = createTopologyState({ topology: 'mesh', epoch: 0 }, null)
  plan()
  state = { ...state, wanted: { topology: 'sfu', epoch: 1 } }
  plan()
  state = handleSfuPeople(handleSfuConnected(state, state.session), state.session, ['Ben'])
  state = handleArrival(
    state,
    { connectionId: 'Ben', path: 'sfu', kind: 'microphone', isArriving: true },
    true,
  )
})

test('a direct connection is closed once both have come over', () => {
  expect(plan()).not.toContainEqual({ kind: 'closeMesh', connectionId: 'Ben' })
  state = handleAcknowledged(state, 'Ben', 1)
  expect(plan()).toContainEqual({ kind: 'closeMesh', connectionId: 'Ben' })
})

test('what somebody says of a later epoch is not said of the path of this one', () => {
  plan()
  state = handleAcknowledged(state, 'Ben', 2)
  expect(plan()).not.toContainEqual({ kind: 'closeMesh', connectionId: 'Ben' })
})

test('somebody is told once, and again when they were lost meanwhile', () => {
  expect(told()).toBe(true)
  expect(told()).toBe(false)
  state = handleSfuPeople(state, state.session, [])
  expect(told()).toBe(false)
  state = handleSfuPeople(state, state.session, ['Ben'])
  expect(told()).toBe(true)
})
