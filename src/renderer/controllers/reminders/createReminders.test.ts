import { describe, expect, test } from 'vitest'
import { createFakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import { createRecurringRoom } from '../../../../test/support/recurringRooms.ts'
import { createReminders } from './createReminders.ts'

const minuteMs = 60_000
const startsAtMs = Date.parse('2026-11-24T17:00:00.000Z')
const thesis = createRecurringRoom('Thesis hour')

function open(beginMinutes: number, kept: readonly string[] = []) {
  const clock = createFakeClock(startsAtMs + beginMinutes * minuteMs)
  const heard: string[] = []
  let lines = kept
  const settings = { leadMs: (5 * minuteMs) as number | null, currentId: null as string | null }
  const reminders = createReminders({
    clock,
    told: {
      read: () => lines,
      write: (next) => {
        lines = next
      },
    },
    rooms: () => [thesis],
    leadMs: () => settings.leadMs,
    currentId: () => settings.currentId,
    notify: ({ name }) => heard.push(`${name} at ${(clock.now() - startsAtMs) / minuteMs}`),
  })
  return { clock, heard, settings, reminders, lines: () => lines }
}

describe('telling of a recurring room', () => {
  test('once, five minutes before it', () => {
    const scene = open(-60)
    scene.clock.advance(120 * minuteMs)
    expect(scene.heard).toEqual(['Thesis hour at -5'])
  })

  test('not again after a restart', () => {
    const before = open(-5)
    expect(before.heard).toHaveLength(1)
    const after = open(-3, before.lines())
    after.clock.advance(10 * minuteMs)
    expect(after.heard).toEqual([])
  })

  test('who wants none gets none, and gets them from the moment they do', () => {
    const scene = open(-10)
    scene.settings.leadMs = null
    scene.reminders.look()
    scene.clock.advance(7 * minuteMs)
    expect(scene.heard).toEqual([])
    scene.settings.leadMs = 5 * minuteMs
    scene.reminders.look()
    expect(scene.heard).toEqual(['Thesis hour at -3'])
  })

  test('not of the room that one is in', () => {
    const scene = open(-10)
    scene.settings.currentId = thesis.id
    scene.clock.advance(20 * minuteMs)
    expect(scene.heard).toEqual([])
  })

  test('nothing runs on after its end', () => {
    const scene = open(-10)
    scene.reminders.dispose()
    expect(scene.clock.pendingCount()).toBe(0)
    scene.reminders.look()
    expect(scene.clock.pendingCount()).toBe(0)
  })
})
