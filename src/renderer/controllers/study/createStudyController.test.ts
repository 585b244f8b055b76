import { beforeEach, expect, test } from 'vitest'
import type { StudySession } from '../../../shared/domain/study.ts'
import { err, ok } from '../../../shared/result.ts'
import type { StudyPort } from '../../core/ports/study.ts'
import type { StudyController } from '../contracts.ts'
import { createStudyController } from './createStudyController.ts'

const session: StudySession = {
  id: '5cf3a7ee-6ed1-4b8a-8b6e-1d8a4d1f2b11',
  goal: 'Chapter 3',
  sharesGoal: false,
  startedAt: '2026-11-26T12:00:00.000Z',
  endedAt: null,
  outcome: null,
  note: null,
  presentSeconds: 0,
  focusedSeconds: 0,
}
const failure = { kind: 'unreachable', message: '', retryAfterMs: null } as const

let asked: string[]
let current: StudyPort['current']
let start: StudyPort['start']
let checkIn: StudyPort['checkIn']
let study: StudyController

beforeEach(() => {
  asked = []
  current = () => Promise.resolve(ok(session))
  start = (goal, sharesGoal) => Promise.resolve(ok({ ...session, goal, sharesGoal }))
  checkIn = () => Promise.resolve(ok(session))
  study = createStudyController({
    port: {
      current: () => current(),
      start(goal, sharesGoal) {
        asked.push(`${goal} ${sharesGoal}`)
        return start(goal, sharesGoal)
      },
      checkIn: (...args) => checkIn(...args),
      statistics({ from, to, timeZone }) {
        asked.push(`${from} ${to} ${timeZone}`)
        return Promise.resolve(err(failure))
      },
    },
    today: () => ({ day: '2026-11-26', timeZone: 'Europe/Berlin' }),
  })
})

test('statistics are of a year up to today; that they cannot be read is told', async () => {
  await study.readStatistics()
  expect(asked).toEqual(['2025-11-26 2026-11-26 Europe/Berlin'])
  expect(study.store.getState()).toMatchObject({ isBusy: false, statistics: null, failure })
})

test('a goal is shared only where there is one', async () => {
  expect(await study.setGoal('Chapter 3', true)).toBe(true)
  expect(await study.setGoal('', true)).toBe(true)
  expect(asked).toEqual(['Chapter 3 true', 'null false'])
})

test('a goal that could not be saved is kept until one is, or the session is over', async () => {
  start = () => Promise.resolve(err(failure))
  expect(await study.setGoal('Chapter 3', true)).toBe(false)
  await study.readSession()
  expect(study.store.getState().unsavedGoal).toEqual({ goal: 'Chapter 3', failure })
  await study.checkIn('done')
  expect(study.store.getState().unsavedGoal).toBeNull()
  await study.setGoal('Chapter 4', false)
  start = () => Promise.resolve(ok(session))
  await study.setGoal('Chapter 3', false)
  expect(study.store.getState()).toMatchObject({ session, unsavedGoal: null })
})

test('an answer that a later goal has overtaken is not taken', async () => {
  let settle: (value: Awaited<ReturnType<StudyPort['current']>>) => void = () => undefined
  current = () => new Promise((resolve) => (settle = resolve))
  const reading = study.readSession()
  await study.setGoal('Chapter 4', false)
  settle(ok(null))
  await reading
  expect(study.store.getState().session?.goal).toBe('Chapter 4')
})

test('a check-in ends the session here, also where it is gone already; a failure keeps it', async () => {
  await study.readSession()
  checkIn = () => Promise.resolve(err(failure))
  await study.checkIn('done')
  expect(study.store.getState()).toMatchObject({ session, failure })
  checkIn = () => Promise.resolve(err({ ...failure, kind: 'not_found' }))
  await study.checkIn('partly')
  expect(study.store.getState()).toMatchObject({ session: null, failure: null })
})
