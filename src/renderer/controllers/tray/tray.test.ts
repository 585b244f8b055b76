import { describe, expect, test } from 'vitest'
import { createFakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import { createFakeRecurringRooms } from '../../../../test/support/fakes/fakeRecurringRooms.ts'
import type { RoomTimer } from '../../../shared/domain/timer.ts'
import type { TrayView } from '../../../shared/tray/trayView.ts'
import type { TrayCall, TrayInput } from '../../core/tray/planTray.ts'
import { createRoomTimer } from './createRoomTimer.ts'
import { createTrayController } from './createTrayController.ts'

const call: TrayCall = {
  roomName: 'Thesis hour',
  recurringRoomId: null,
  headcount: 1,
  isHeard: false,
  isCameraOn: false,
  allowsVideo: true,
  timer: null,
}

describe('the tray', () => {
  function open() {
    const clock = createFakeClock()
    const shown: TrayView[] = []
    const state: { input: Omit<TrayInput, 'nowMs'> } = {
      input: { backend: 'ready', isSignedIn: true, hasSettings: false, call: null, rooms: [] },
    }
    const tray = createTrayController({
      desk: { showTray: (view) => shown.push(view) },
      clock,
      read: () => state.input,
      describe: (plan) => ({
        icon: plan.icon,
        tooltip: plan.call === null ? '' : `${plan.call.roomName} ${plan.call.headcount}`,
        groups: [],
      }),
    })
    return { clock, shown, state, tray }
  }

  test('many changes of one moment make one menu', () => {
    const { clock, shown, state, tray } = open()
    clock.advance(100)
    state.input = { ...state.input, call }
    tray.look()
    state.input = { ...state.input, call: { ...call, headcount: 2 } }
    tray.look()
    clock.advance(100)
    expect(shown.map(({ tooltip }) => tooltip)).toEqual(['', 'Thesis hour 2'])
  })

  test('what stays the same is not shown again', () => {
    const { clock, shown, tray } = open()
    tray.look()
    clock.advance(120_000)
    expect(shown).toHaveLength(1)
  })

  test('nothing runs on after its end', () => {
    const { clock, tray } = open()
    clock.advance(1_000)
    tray.dispose()
    tray.look()
    expect(clock.pendingCount()).toBe(0)
  })
})

describe('the room’s timer', () => {
  const now = Date.parse('2026-11-24T17:00:00.000Z')
  const timer: RoomTimer = {
    phase: 'focus',
    round: 1,
    phaseStartedAt: '2026-11-24T17:00:00.000Z',
    phaseEndsAt: '2026-11-24T17:25:00.000Z',
    focusMinutes: 25,
    shortBreakMinutes: 5,
    longBreakMinutes: 15,
    rounds: 4,
    isContinuing: true,
    pausedAt: null,
    updatedBy: null,
    updatedAt: '2026-11-24T17:00:00.000Z',
    serverNow: '2026-11-24T17:00:00.000Z',
  }

  test('goes on from what was read, by the server’s clock', async () => {
    const clock = createFakeClock(now + 600_000)
    const port = createFakeRecurringRooms()
    port.currentTimer = timer
    const reader = createRoomTimer({ port, clock, onChanged: () => undefined })
    reader.follow('room')
    await clock.advanceAsync(0)
    expect(reader.current()).toEqual({ phase: 'focus', remainingMs: 25 * 60_000, isPaused: false })
    clock.advance(10_000)
    expect(reader.current()).toMatchObject({ remainingMs: 25 * 60_000 - 10_000 })
  })

  test('ends with the room', async () => {
    const clock = createFakeClock(now)
    const port = createFakeRecurringRooms()
    port.currentTimer = timer
    const reader = createRoomTimer({ port, clock, onChanged: () => undefined })
    reader.follow('room')
    await clock.advanceAsync(30_000)
    expect(port.calls).toHaveLength(3)
    reader.follow(null)
    expect(reader.current()).toBeNull()
    expect(clock.pendingCount()).toBe(0)
  })
})
