import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { DesktopApi } from '../../../shared/ipc/desktopApi.ts'
import type { MachineChange, MachineFigures } from '../../../shared/machine/machineFigures.ts'
import { MACHINE_WATCH_MS } from '../../../shared/limits.ts'
import { ok } from '../../../shared/result.ts'
import { createFigures } from '../../../../test/support/machine.ts'
import { createMachinePort } from './createMachinePort.ts'

let asked: string[]
const measured = new Set<(figures: MachineFigures) => void>()
const changed = new Set<(change: MachineChange) => void>()

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const machine: DesktopApi['machine'] = {
  watch() {
    asked.push('watch')
    return Promise.resolve(ok(null))
  },
  unwatch() {
    asked.push('unwatch')
    return Promise.resolve(ok(undefined))
  },
  onMeasured: (listener) => subscribe(measured, listener),
  onChanged: (listener) => subscribe(changed, listener),
}

beforeEach(() => {
  asked = []
  vi.useFakeTimers()
})
afterEach(() => void vi.useRealTimers())

test('the first who listens has it measured, the last one has it end', () => {
  const port = createMachinePort({ machine })
  const seen: (number | null)[] = []
  const note = ({ cpu }: MachineFigures): void => void seen.push(cpu.systemPercent)
  const endFirst = port.watchFigures(note)
  const endSecond = port.watchFigures((figures) => note(figures))
  for (const tell of measured) tell(createFigures({ systemPercent: 40 }))
  expect(seen).toEqual([40, 40])
  endFirst()
  endFirst()
  expect(asked).toEqual(['watch'])
  endSecond()
  expect(asked).toEqual(['watch', 'unwatch'])
  expect(measured.size).toBe(0)
})

test('the watch is renewed well before it would be over, and not once nobody listens', () => {
  const end = createMachinePort({ machine }).watchFigures(() => undefined)
  vi.advanceTimersByTime(MACHINE_WATCH_MS)
  expect(asked).toEqual(['watch', 'watch', 'watch'])
  end()
  vi.advanceTimersByTime(MACHINE_WATCH_MS * 2)
  expect(asked.at(-1)).toBe('unwatch')
  expect(asked).toHaveLength(4)
})

test('changes are told without anything being measured', () => {
  const seen: MachineChange[] = []
  const end = createMachinePort({ machine }).watchChanges((change) => seen.push(change))
  for (const tell of changed) tell('resumed')
  end()
  expect(seen).toEqual(['resumed'])
  expect(changed.size).toBe(0)
  expect(asked).toEqual([])
})
