import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  beginUpdates,
  CHECK_INTERVAL_MS,
  FIRST_CHECK_MS,
  planUpdate,
  RETRY_MS,
  type UpdateCommand,
  type UpdateEvent,
  type UpdateMemory,
} from './planUpdate.ts'

/** Plays events over a copy of the app that can update, and keeps what was to be done for each. */
function play(...events: readonly UpdateEvent[]): { memory: UpdateMemory; last: readonly UpdateCommand[] } {
  const begun = beginUpdates('stable', true)
  return events.reduce(
    ({ memory }, event) => {
      const step = planUpdate(memory, event)
      return { memory: step.memory, last: step.commands }
    },
    { memory: begun.memory, last: begun.commands },
  )
}

const timerFired: UpdateEvent = { kind: 'timerFired' }
const found: UpdateEvent = { kind: 'checked', attempt: 1, newVersion: '1.2.0' }
const fetched: UpdateEvent = { kind: 'downloaded', attempt: 2 }
const callBegins: UpdateEvent = { kind: 'callChanged', isInCall: true }
const callEnds: UpdateEvent = { kind: 'callChanged', isInCall: false }
const restart: UpdateEvent = { kind: 'restartAsked' }

describe('updates', () => {
  test('a copy that was not installed does nothing, whatever happens', () => {
    const begun = beginUpdates('stable', false)
    expect(begun).toMatchObject({ memory: { shown: { kind: 'off' } }, commands: [] })
    for (const event of [timerFired, { kind: 'checkAsked' } as const, restart])
      expect(planUpdate(begun.memory, event)).toEqual({ memory: begun.memory, commands: [] })
  })

  test('are looked for after the start, downloaded, and installed at the next quit', () => {
    expect(play().last).toEqual([{ kind: 'setTimer', delayMs: FIRST_CHECK_MS }])
    expect(play(timerFired).last).toEqual([{ kind: 'check', channel: 'stable', attempt: 1 }])
    expect(play(timerFired, found).last).toEqual([{ kind: 'download', attempt: 2 }])
    const ready = play(timerFired, found, fetched)
    expect(ready.memory.shown).toEqual({ kind: 'ready', version: '1.2.0' })
    expect(ready.last).toEqual([{ kind: 'setInstallOnQuit', isWanted: true }])
  })

  test('nothing newer: another look later', () => {
    const { memory, last } = play(timerFired, { kind: 'checked', attempt: 1, newVersion: null })
    expect(memory.shown).toEqual({ kind: 'waiting', lastProblem: null })
    expect(last).toEqual([{ kind: 'setTimer', delayMs: CHECK_INTERVAL_MS }])
  })

  test('a failure is kept for whoever asks, and tried again', () => {
    const { memory, last } = play(timerFired, { kind: 'failed', attempt: 1, problem: 'No network.' })
    expect(memory.shown).toEqual({ kind: 'waiting', lastProblem: 'No network.' })
    expect(last).toEqual([{ kind: 'setTimer', delayMs: RETRY_MS }])
  })
})

describe('during a call', () => {
  test('nothing is looked for', () => {
    expect(play(callBegins, timerFired).last).toEqual([{ kind: 'setTimer', delayMs: RETRY_MS }])
  })

  test('what a look that began before it finds waits until it is over', () => {
    const held = play(timerFired, callBegins, found)
    expect(held).toMatchObject({ memory: { shown: { kind: 'held' } }, last: [] })
    expect(play(timerFired, callBegins, found, callEnds).last).toEqual([{ kind: 'download', attempt: 2 }])
  })

  test('a download is given up and begun again, and the end of the first says nothing', () => {
    expect(play(timerFired, found, callBegins).last).toEqual([{ kind: 'cancelDownload' }])
    const failed: UpdateEvent = { kind: 'failed', attempt: 2, problem: 'cancelled' }
    const again = play(timerFired, found, callBegins, callEnds, failed)
    expect(again.memory.shown).toEqual({ kind: 'downloading', version: '1.2.0' })
    expect(again.memory.attempt).toBe(3)
  })

  test('a restart is refused, and possible afterwards', () => {
    const during = play(timerFired, found, fetched, callBegins, restart)
    expect(during).toMatchObject({ memory: { shown: { kind: 'ready' } }, last: [] })
    expect(play(timerFired, found, fetched, callBegins, restart, callEnds, restart).last).toEqual([
      { kind: 'quitAndInstall' },
    ])
  })
})

describe('another channel', () => {
  const stable: UpdateEvent = { kind: 'channelChanged', channel: 'stable' }
  const beta: UpdateEvent = { kind: 'channelChanged', channel: 'beta' }

  test('is looked at at once', () => {
    expect(play(beta).last).toEqual([{ kind: 'check', channel: 'beta', attempt: 1 }])
  })

  test('drops what was being downloaded, and what was ready is not installed', () => {
    expect(play(timerFired, found, beta).last).toEqual([
      { kind: 'cancelDownload' },
      { kind: 'check', channel: 'beta', attempt: 3 },
    ])
    const back = play(beta, found, fetched, stable)
    expect(back.last[0]).toEqual({ kind: 'setInstallOnQuit', isWanted: false })
    expect(back.memory.shown).toEqual({ kind: 'checking' })
  })
})

test('never looks, downloads or installs while a call is on, and always has a next step', () => {
  const attempt = fc.integer({ min: 0, max: 4 })
  const event: fc.Arbitrary<UpdateEvent> = fc.oneof(
    fc.constantFrom(timerFired, restart, callBegins, callEnds, { kind: 'checkAsked' } as const),
    fc.record({ kind: fc.constant('channelChanged' as const), channel: fc.constantFrom('stable', 'beta') }),
    fc.record({
      kind: fc.constant('checked' as const),
      attempt,
      newVersion: fc.constantFrom('2.0.0', null),
    }),
    fc.record({ kind: fc.constant('downloaded' as const), attempt }),
    fc.record({ kind: fc.constant('failed' as const), attempt, problem: fc.constant('x') }),
  )
  const isQuiet = (events: readonly UpdateEvent[]): boolean => {
    let { memory, commands } = beginUpdates('stable', true)
    let hasTimer = commands.some(({ kind }) => kind === 'setTimer')
    for (const next of events) {
      if (next.kind === 'timerFired') hasTimer = false
      ;({ memory, commands } = planUpdate(memory, next))
      const kinds = commands.map(({ kind }) => kind)
      if (memory.isInCall && kinds.some((kind) => /^(check|download|quitAndInstall)$/.test(kind)))
        return false
      hasTimer ||= kinds.includes('setTimer')
    }
    // Waiting for nothing would be waiting for ever.
    return memory.shown.kind !== 'waiting' || hasTimer
  }
  expect(fc.check(fc.property(fc.array(event, { maxLength: 30 }), isQuiet)).failed).toBe(false)
})
