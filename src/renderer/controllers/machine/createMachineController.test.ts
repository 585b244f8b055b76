import { beforeEach, expect, test } from 'vitest'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { createFakeMachine, type FakeMachine } from '../../../../test/support/fakes/fakeMachine.ts'
import { createFigures } from '../../../../test/support/machine.ts'
import { createLiveSnapshot } from '../../../../test/support/people.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import { createMachineController } from './createMachineController.ts'

const live = createLiveSnapshot()
const { room } = live
const ended: CallSnapshot = { kind: 'ended', roomId: room.id, roomName: room.name, reason: 'left' }

let call: StoreApi<CallSnapshot>
let machine: FakeMachine

beforeEach(() => {
  call = createStore<CallSnapshot>(() => ({ kind: 'idle' }))
  machine = createFakeMachine()
})

test('the machine is measured while a call is live, and forgotten afterwards', () => {
  const { store } = createMachineController({ call, port: machine.port })
  expect(machine.isWatched()).toBe(false)
  call.setState(live, true)
  machine.measure(createFigures({ systemPercent: 40 }))
  machine.measure(createFigures({ systemPercent: 60 }))
  expect(store.getState().latest?.cpu.systemPercent).toBe(60)
  expect(store.getState().loads.map(({ systemPercent }) => systemPercent)).toEqual([40, 60])
  call.setState(ended, true)
  expect(machine.isWatched()).toBe(false)
  expect(store.getState()).toEqual({ latest: null, loads: [] })
})

test('two minutes are kept', () => {
  const { store } = createMachineController({ call, port: machine.port })
  call.setState(live, true)
  for (let systemPercent = 0; systemPercent < 90; systemPercent += 1)
    machine.measure(createFigures({ systemPercent }))
  expect(store.getState().loads).toHaveLength(60)
  expect(store.getState().loads[0]?.systemPercent).toBe(30)
})

test('nothing is left listening when its owner ends it', () => {
  call.setState(live, true)
  createMachineController({ call, port: machine.port }).dispose()
  expect(machine.isWatched()).toBe(false)
})
