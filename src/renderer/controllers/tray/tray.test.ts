import { describe, expect, test } from 'vitest'
import { createFakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import type { TrayView } from '../../../shared/tray/trayView.ts'
import type { TrayCall, TrayInput } from '../../core/tray/planTray.ts'
import { createTrayController } from './createTrayController.ts'

const call: TrayCall = {
  roomName: 'Thesis hour',
  recurringRoomId: null,
  headcount: 1,
  isHeard: false,
  isCameraOn: false,
  allowsVideo: true,
  timer: null,
  isRecorded: false,
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
