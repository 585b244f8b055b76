import { EventEmitter } from 'node:events'
import type { NetworkInterfaceInfo } from 'node:os'
import { beforeEach, describe, expect, test } from 'vitest'
import { createFakeClock, type FakeClock } from '../../../test/support/fakes/fakeClock.ts'
import {
  type MachineChange,
  type MachineFigures,
  machineFiguresSchema,
} from '../../shared/machine/machineFigures.ts'
import { MACHINE_WATCH_MS } from '../../shared/limits.ts'
import { compareNetworks, selectNetworks } from './compareNetworks.ts'
import { createMachineSampler, type MachineSampler, selectPace } from './createMachineSampler.ts'
import { selectLoadPercent, sumProcessorTimes } from './processorTimes.ts'
import { isDue, noteReading, renew, unread } from './slowReading.ts'
import { type MachineFacts, summarizeMachine } from './summarizeMachine.ts'
import { watchPower } from './watchPower.ts'

const nothing: MachineFacts = {
  systemPercent: null,
  ownPercent: null,
  temperatureCelsius: null,
  battery: null,
  isOnBatteryPower: false,
  thermalState: 'unknown',
  speedLimitPercent: null,
}
const battery = { hasBattery: true, isCharging: false, acConnected: false, percent: 64 }

describe('the figures', () => {
  test('are null where the system does not say', () => {
    expect(summarizeMachine(nothing)).toEqual({
      cpu: { systemPercent: null, ownPercent: null },
      temperatureCelsius: null,
      powerSource: 'mains',
      battery: null,
      thermalState: null,
      speedLimitPercent: null,
    })
  })

  test.each([
    [-3, 0],
    [41.2345, 41.2],
    [140, 100],
    [Number.NaN, null],
    [null, null],
  ])('a load of %s is %s', (read, told) => {
    expect(summarizeMachine({ ...nothing, systemPercent: read, ownPercent: read }).cpu).toEqual({
      systemPercent: told,
      ownPercent: told,
    })
  })

  test.each([
    [0, null],
    [-127, null],
    [54.6, 55],
    [900, null],
  ])('a sensor that reads %s means %s', (read, told) => {
    expect(summarizeMachine({ ...nothing, temperatureCelsius: read }).temperatureCelsius).toBe(told)
  })

  test.each([
    ['none', null, false, 'mains', null],
    ['running down', battery, false, 'battery', 0.64],
    ['on mains', { ...battery, acConnected: true }, false, 'mains', 0.64],
    ['just unplugged', { ...battery, acConnected: true }, true, 'battery', 0.64],
    ['of unknown charge', { ...battery, percent: null }, false, 'battery', null],
    ['not there', { ...battery, hasBattery: false }, false, 'mains', null],
  ] as const)('a battery %s', (_what, facts, isOnBatteryPower, powerSource, levelRatio) => {
    const figures = summarizeMachine({ ...nothing, battery: facts, isOnBatteryPower })
    expect(figures.powerSource).toBe(powerSource)
    expect(figures.battery?.levelRatio ?? null).toBe(levelRatio)
  })
})

describe('load', () => {
  const processor = (user: number, sys: number, idle: number, irq: number) => ({
    times: { user, nice: 0, sys, idle, irq },
  })

  test('is what all processors were busy in between', () => {
    const before = sumProcessorTimes([processor(100, 50, 1_000, 0), processor(0, 0, 1_000, 0)], 'linux')
    const now = sumProcessorTimes([processor(180, 60, 1_000, 10), processor(0, 0, 1_100, 0)], 'linux')
    expect(selectLoadPercent(before, now)).toBe(50)
  })

  test('counts interrupts once on Windows, where the kernel’s time has them in it', () => {
    expect(sumProcessorTimes([processor(100, 50, 1_000, 20)], 'win32')).toEqual({
      busyMs: 150,
      idleMs: 1_000,
    })
  })

  test('is not known when no time has passed, or counters began anew', () => {
    const times = { busyMs: 100, idleMs: 100 }
    expect(selectLoadPercent(times, times)).toBeNull()
    expect(selectLoadPercent(times, { busyMs: 20, idleMs: 500 })).toBeNull()
  })
})

describe('what is costly to read', () => {
  test('is read at its pace', () => {
    const read = noteReading(unread, 50, 1_000, 60_000)
    expect(isDue(unread, 0)).toBe(true)
    expect(isDue(read, 60_999)).toBe(false)
    expect(isDue(read, 61_000)).toBe(true)
  })

  test('is not asked for any more when it was not given twice, until something changes', () => {
    const once = noteReading(unread, null, 0, 1_000)
    const twice = noteReading(once, null, 1_000, 1_000)
    expect(isDue(once, 1_000)).toBe(true)
    expect(isDue(twice, 1e9)).toBe(false)
    expect(isDue(renew(twice), 1_000)).toBe(true)
  })

  test('is a child process on Windows, and read more seldom there', () => {
    expect(selectPace('win32').batteryMs).toBeGreaterThan(selectPace('linux').batteryMs)
  })
})

describe('networks', () => {
  const address = (family: 'IPv4' | 'IPv6', text: string, internal = false): NetworkInterfaceInfo =>
    ({ family, address: text, internal }) as NetworkInterfaceInfo

  test('are told by interface and address, of IPv6 by prefix; not the machine’s own', () => {
    expect([
      ...selectNetworks({
        lo: [address('IPv4', '127.0.0.1', true), address('IPv6', '::1', true)],
        wlan0: [
          address('IPv4', '192.168.1.7'),
          address('IPv6', '2001:db8:1:2:aaaa:bbbb:cccc:dddd'),
          address('IPv6', '2001:db8:1:2::5'),
          address('IPv6', 'fe80::1'),
        ],
        eth0: [address('IPv4', '169.254.3.4'), address('IPv6', '2001:db8::9')],
        gone: undefined,
      }),
    ]).toEqual(['wlan0 192.168.1.7', 'wlan0 2001:db8:1:2', 'eth0 2001:db8:0:0'])
  })

  test.each([
    [[], [], null],
    [['a'], ['a'], null],
    [[], ['a'], 'networkBack'],
    [['a'], ['b'], 'networkChanged'],
    [['a'], ['a', 'b'], 'networkChanged'],
    [['a'], [], null],
  ] as const)('%j then %j is %s', (before, now, change) => {
    expect(compareNetworks(new Set(before), new Set(now))).toBe(change)
  })
})

describe('the sampler', () => {
  let clock: FakeClock
  let measured: MachineFigures[]
  let changes: MachineChange[]
  let reads: Record<'system' | 'battery' | 'temperature', number>
  let systemPercent: number
  let onBattery: boolean
  let networks: ReadonlySet<string>
  let sampler: MachineSampler

  beforeEach(() => {
    clock = createFakeClock()
    measured = []
    changes = []
    reads = { system: 0, battery: 0, temperature: 0 }
    systemPercent = 30
    onBattery = false
    networks = new Set(['wlan0 192.168.1.7'])
    sampler = createMachineSampler({
      sources: {
        readSystemPercent() {
          reads.system += 1
          return systemPercent
        },
        readOwnPercent: () => 12,
        async readBattery() {
          reads.battery += 1
          return { ...battery, acConnected: !onBattery }
        },
        async readTemperature() {
          reads.temperature += 1
          return null
        },
        isOnBatteryPower: () => onBattery,
        thermalState: () => 'unknown',
        networks: () => networks,
      },
      pace: { loadMs: 2_000, batteryMs: 60_000, temperatureMs: 60_000 },
      nowMs: () => clock.now(),
      setTimer: (callback, delayMs) => clock.schedule(delayMs, callback),
      onMeasured: (figures) => measured.push(figures),
      onChanged: (change) => changes.push(change),
    })
  })

  test('measures nothing before somebody watches, and nothing after', async () => {
    await clock.advanceAsync(60_000)
    expect(reads.system).toBe(0)
    sampler.watch()
    await clock.advanceAsync(5_000)
    sampler.unwatch()
    const { system } = reads
    await clock.advanceAsync(60_000)
    expect(reads.system).toBe(system)
    expect(clock.pendingCount()).toBe(0)
  })

  test('tells nothing that was still being read when nobody watches any more', async () => {
    sampler.watch()
    sampler.unwatch()
    await clock.advanceAsync(10_000)
    expect(measured).toEqual([])
    expect(clock.pendingCount()).toBe(0)
  })

  test('tells every two seconds; the first load is of the time before, and not told', async () => {
    expect(sampler.watch()).toBeNull()
    await clock.advanceAsync(6_000)
    expect(measured.map(({ cpu }) => cpu.systemPercent)).toEqual([null, 30, 30, 30])
    expect(measured.every((figures) => machineFiguresSchema.safeParse(figures).success)).toBe(true)
    expect(sampler.watch()).toEqual(measured.at(-1))
  })

  test('watching again does not measure twice', async () => {
    sampler.watch()
    await clock.advanceAsync(2_000)
    sampler.watch()
    await clock.advanceAsync(10_000)
    expect(reads.system).toBe(7)
  })

  test('ends by itself when a page has not asked again', async () => {
    sampler.watch()
    await clock.advanceAsync(MACHINE_WATCH_MS - 1_000)
    sampler.watch()
    await clock.advanceAsync(MACHINE_WATCH_MS - 1_000)
    expect(clock.pendingCount()).toBe(1)
    await clock.advanceAsync(4_000)
    expect(clock.pendingCount()).toBe(0)
  })

  test('a load over a long time is not told as one of now', async () => {
    sampler.watch()
    await clock.advanceAsync(4_000)
    sampler.unwatch()
    await clock.advanceAsync(600_000)
    systemPercent = 99
    sampler.watch()
    await clock.advanceAsync(0)
    expect(measured.at(-1)?.cpu).toEqual({ systemPercent: null, ownPercent: null })
    await clock.advanceAsync(2_000)
    expect(measured.at(-1)?.cpu.systemPercent).toBe(99)
  })

  test('reads battery once a minute, and a temperature that is not given twice in all', async () => {
    sampler.watch()
    await clock.advanceAsync(140_000)
    expect(reads.battery).toBe(3)
    expect(reads.temperature).toBe(2)
  })

  test('tells at once that the plug is out, and reads the battery again', async () => {
    sampler.watch()
    await clock.advanceAsync(4_000)
    const { length } = measured
    onBattery = true
    sampler.notePower()
    expect(measured).toHaveLength(length + 1)
    expect(measured.at(-1)?.powerSource).toBe('battery')
    await clock.advanceAsync(2_000)
    expect(reads.battery).toBe(2)
  })

  test('tells of other networks while it watches', async () => {
    sampler.watch()
    await clock.advanceAsync(4_000)
    expect(changes).toEqual([])
    networks = new Set()
    await clock.advanceAsync(2_000)
    networks = new Set(['wlan0 10.0.0.4'])
    await clock.advanceAsync(2_000)
    networks = new Set(['wlan0 10.0.0.9'])
    await clock.advanceAsync(4_000)
    expect(changes).toEqual(['networkBack', 'networkChanged'])
  })

  test('follows what Electron tells of power', async () => {
    const monitor = new EventEmitter()
    watchPower(monitor as unknown as Pick<Electron.PowerMonitor, 'on'>, sampler, (change) =>
      changes.push(change),
    )
    for (const event of ['suspend', 'resume', 'lock-screen', 'unlock-screen']) monitor.emit(event)
    expect(changes).toEqual(['suspending', 'resumed', 'locked', 'unlocked'])
    sampler.watch()
    await clock.advanceAsync(2_000)
    monitor.emit('speed-limit-change', { limit: 60 })
    expect(measured.at(-1)?.speedLimitPercent).toBe(60)
    onBattery = true
    monitor.emit('on-battery')
    expect(measured.at(-1)?.powerSource).toBe('battery')
    onBattery = false
    monitor.emit('on-ac')
    expect(measured.at(-1)?.powerSource).toBe('mains')
    const { length } = measured
    monitor.emit('thermal-state-change', { state: 'serious' })
    expect(measured).toHaveLength(length + 1)
  })
})
