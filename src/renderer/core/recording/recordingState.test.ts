import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRecording } from '../../../../test/support/recordings.ts'
import type { ConsentAnswer, Recording } from '../../../shared/domain/recording.ts'
import {
  isOpenRecording,
  noRecording,
  type RecordingState,
  selectConsenting,
  selectMayRecord,
  selectUnanswered,
  takeNoRecording,
  takeRecording,
} from './recordingState.ts'

const ben = 'user-Ben'
const take = (told: Recording, state: RecordingState = noRecording, needsAnswer?: boolean): RecordingState =>
  takeRecording(state, told, ben, needsAnswer)

const asked = createRecording('requested', { Ada: 'given', Ben: 'pending' }, 1_000)
const running = createRecording('recording', { Ada: 'given', Ben: 'given' }, 2_000)
const ended = createRecording('ended', { Ada: 'given', Ben: 'withdrawn' }, 3_000, { endReason: 'withdrawn' })

describe('what is told', () => {
  test.each<[string, RecordingState, object]>([
    ['a request', take(asked), { kind: 'asked', needsAnswer: false }],
    ['a request to somebody who came later', take(asked, noRecording, true), { needsAnswer: true }],
    [
      'the same person, told by the room before they have answered',
      take({ ...asked, serverNow: running.serverNow }, take(asked, noRecording, true)),
      { needsAnswer: true },
    ],
    [
      'their yes',
      take(
        createRecording('requested', { Ben: 'given', Chloe: 'pending' }, 1_500),
        take(asked, noRecording, true),
      ),
      { kind: 'asked', needsAnswer: false },
    ],
    ['one that runs with our yes', take(running), { kind: 'recording', needsAnswer: false }],
    [
      'one that runs without it',
      take(createRecording('recording', { Ada: 'given', Ben: 'pending' }, 1)),
      { needsAnswer: true },
    ],
    [
      'one that nobody has asked us about',
      take(createRecording('recording', { Ada: 'given' }, 1)),
      { needsAnswer: true },
    ],
    [
      'its end',
      take(ended, take(running)),
      { kind: 'ended', reason: 'withdrawn', endedBy: ben, hasRun: true },
    ],
    ['what is older than we know', take(asked, take(running)), { kind: 'recording' }],
    [
      'what comes after the end',
      take({ ...running, serverNow: '2030-01-01T00:00:00Z' }, take(ended)),
      { kind: 'ended' },
    ],
    [
      'another one after it',
      take({ ...asked, id: 'next', serverNow: ended.serverNow }, take(ended)),
      { kind: 'asked' },
    ],
    ['an older one after it', take({ ...asked, id: 'before' }, take(ended)), { kind: 'ended' }],
    [
      'that there is none any more',
      takeNoRecording(take(running)),
      { kind: 'ended', reason: null, hasRun: true },
    ],
    ['that there is none, as before', takeNoRecording(noRecording), { kind: 'none' }],
  ])('%s', (_, state, expected) => {
    expect(state).toMatchObject(expected)
  })
})

describe('whether we may record', () => {
  const own = (answers: Readonly<Record<string, ConsentAnswer>>, present: readonly string[]) =>
    selectMayRecord(
      takeRecording(noRecording, createRecording('recording', answers, 1), 'user-Ada'),
      'user-Ada',
      present,
    )
  test.each([
    ['all have agreed', { Ada: 'given', Ben: 'given' }, ['user-Ben'], true],
    ['nobody else is here', { Ada: 'given' }, [], true],
    ['somebody has just come', { Ada: 'given', Ben: 'pending' }, ['user-Ben'], false],
    ['we see somebody whom the database has not told of', { Ada: 'given' }, ['user-Ben'], false],
    ['the database tells of somebody whom we do not see', { Ada: 'given', Ben: 'pending' }, [], false],
    ['we are not counted in', { Ben: 'given' }, ['user-Ben'], false],
  ] as const)('%s', (_, answers, present, expected) => {
    expect(own(answers, present)).toBe(expected)
  })

  test('never who has not asked, nor before it runs', () => {
    expect(selectMayRecord(take(running), ben, ['user-Ada'])).toBe(false)
    const request = createRecording('requested', { Ada: 'given' }, 1)
    expect(selectMayRecord(takeRecording(noRecording, request, 'user-Ada'), 'user-Ada', [])).toBe(false)
  })
})

const names = ['Ada', 'Ben', 'Chloe'] as const
const history = fc
  .array(
    fc.record({
      status: fc.constantFrom('requested', 'recording', 'ended' as const),
      answers: fc.dictionary(
        fc.constantFrom(...names),
        fc.constantFrom('pending', 'given', 'refused', 'withdrawn'),
      ),
      id: fc.constantFrom('first', 'second'),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((steps) =>
    steps.map(({ status, answers, id }, index) => createRecording(status, answers, 1_000 * index, { id })),
  )

/** What must hold of every state, by its name where it does not. */
function findFaults(state: RecordingState): readonly string[] {
  const own = isOpenRecording(state) ? state.answers.find(({ userId }) => userId === ben)?.answer : undefined
  const sendsUnasked = state.kind === 'recording' && !state.needsAnswer && own !== 'given'
  const holdsAgreed = isOpenRecording(state) && state.needsAnswer && own === 'given'
  const isUnanimous = selectUnanswered(state).length === 0 && selectConsenting(state).has(ben)
  return [
    ...(sendsUnasked ? ['sends without a yes'] : []),
    ...(holdsAgreed ? ['holds back who has agreed'] : []),
    ...(selectMayRecord(state, 'user-Ada', [ben]) && !isUnanimous ? ['records without a yes'] : []),
  ]
}

test('whatever is told, in any order and twice: nobody sends without their yes, and nothing is recorded without everybody’s', () => {
  fc.assert(
    fc.property(history, fc.array(fc.nat(), { maxLength: 24 }), (told, order) => {
      const picked = order.flatMap((pick) => told[pick % told.length] ?? [])
      let state: RecordingState = noRecording
      const states = picked.map((next) => (state = take(next, state)))
      expect(states.flatMap(findFaults)).toEqual([])
    }),
  )
})

test('what has ended stays so, whatever is told of it', () => {
  fc.assert(
    fc.property(history, (told) => {
      const of = told.map((recording) => ({ ...recording, id: ended.id }))
      const state = of.reduce<RecordingState>((before, next) => take(next, before), take(ended))
      expect(state).toEqual(take(ended))
    }),
  )
})

test('told in order, only the latest counts', () => {
  fc.assert(
    fc.property(history, (told) => {
      const first = told.filter(({ id }) => id === 'first')
      const end = first.findIndex(({ status }) => status === 'ended')
      const last = end === -1 ? first.at(-1) : first[end]
      const state = first.reduce<RecordingState>((before, next) => take(next, before), noRecording)
      const kinds = { requested: 'asked', recording: 'recording', ended: 'ended' } as const
      expect(state.kind).toBe(last === undefined ? 'none' : kinds[last.status])
    }),
  )
})
