import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { followSpeaker, initialSpeakerState, SPEECH_LEVEL, type SpeakerState } from './followSpeaker.ts'

const STEP_MS = 200

/** Who is the speaker after each stretch: who speaks in it, and for how long. The others are there and silent. */
function speakersOf(
  stretches: readonly (readonly [speaking: readonly string[], durationMs: number])[],
  here: readonly string[] = ['Ben', 'Chloe'],
): readonly (string | null)[] {
  let state: SpeakerState = initialSpeakerState
  let nowMs = 0
  return stretches.map(([speaking, durationMs]) => {
    for (const until = nowMs + durationMs; nowMs < until; nowMs += STEP_MS) {
      const levels = here.map((name) => [name, speaking.includes(name) ? 0.1 : 0.001] as const)
      state = followSpeaker(state, new Map(levels), nowMs)
    }
    return state.speaker
  })
}

describe('who speaks', () => {
  test.each([
    ['nobody, before anybody has', [[[], 10_000]], [null]],
    ['a cough is no speech', [[['Ben'], 600]], [null]],
    ['who has spoken for a while is', [[['Ben'], 2_000]], ['Ben']],
    [
      'stays when they pause, and when everybody is silent',
      [
        [['Ben'], 2_000],
        [[], 2_000],
        [[], 60_000],
      ],
      ['Ben', 'Ben', 'Ben'],
    ],
    [
      'a short answer changes nothing',
      [
        [['Ben'], 10_000],
        [['Chloe'], 1_000],
        [['Ben'], 5_000],
      ],
      ['Ben', 'Ben', 'Ben'],
    ],
    [
      'who is talked over goes on',
      [
        [['Ben'], 10_000],
        [['Ben', 'Chloe'], 20_000],
      ],
      ['Ben', 'Ben'],
    ],
    [
      'the next one takes over when the one before is silent',
      [
        [['Ben'], 10_000],
        [['Chloe'], 2_000],
        [['Chloe'], 2_000],
      ],
      ['Ben', 'Ben', 'Chloe'],
    ],
    [
      'a quick exchange does not make the picture jump',
      [
        [['Ben'], 5_000],
        [['Chloe'], 1_400],
        [['Ben'], 1_400],
        [['Chloe'], 1_400],
        [['Ben'], 1_400],
      ],
      ['Ben', 'Ben', 'Ben', 'Ben', 'Ben'],
    ],
  ] as const)('%s', (_, stretches, speakers) => {
    expect(speakersOf(stretches)).toEqual(speakers)
  })

  test('who has left is not, and the next who speaks takes over at once', () => {
    const spoken = followFor(initialSpeakerState, { Ben: 0.1, Chloe: 0 }, 0, 3_000)
    expect(spoken.speaker).toBe('Ben')
    const gone = followFor(spoken, { Chloe: 0 }, 3_000, 400)
    expect(gone.speaker).toBeNull()
    expect(followFor(gone, { Chloe: 0.1 }, 3_400, 2_000).speaker).toBe('Chloe')
  })

  test('an hour of sleep is no hour of silence', () => {
    const spoken = followFor(initialSpeakerState, { Ben: 0.1, Chloe: 0 }, 0, 3_000)
    const woken = followSpeaker(
      spoken,
      new Map([
        ['Ben', 0],
        ['Chloe', 0.1],
      ]),
      3_600_000,
    )
    expect(woken.speaker).toBe('Ben')
  })

  test('whatever is heard, nobody is shown for less than four seconds while they are here', () => {
    const anyLevel = fc.constantFrom(0, SPEECH_LEVEL / 2, SPEECH_LEVEL, 0.2, 1)
    // Long enough to take over, and to fall silent.
    const anyStretch = fc.tuple(fc.tuple(anyLevel, anyLevel, anyLevel), fc.integer({ min: 1, max: 30 }))
    fc.assert(
      fc.property(fc.array(anyStretch, { maxLength: 30 }), (stretches) => {
        const rounds = stretches.flatMap(([levels, count]) => Array.from({ length: count }, () => levels))
        let state = initialSpeakerState
        let changedAtMs = Number.NEGATIVE_INFINITY
        for (const [index, [ben, chloe, dan]] of rounds.entries()) {
          const nowMs = index * STEP_MS
          const next = followSpeaker(
            state,
            new Map([
              ['Ben', ben],
              ['Chloe', chloe],
              ['Dan', dan],
            ]),
            nowMs,
          )
          const isChanged = next.speaker !== state.speaker
          expect(isChanged ? nowMs - changedAtMs : Infinity).toBeGreaterThanOrEqual(4_000)
          if (isChanged) changedAtMs = nowMs
          state = next
        }
      }),
    )
  })
})

function followFor(
  start: SpeakerState,
  levels: Readonly<Record<string, number>>,
  fromMs: number,
  durationMs: number,
): SpeakerState {
  let state = start
  for (let nowMs = fromMs; nowMs < fromMs + durationMs; nowMs += STEP_MS) {
    state = followSpeaker(state, new Map(Object.entries(levels)), nowMs)
  }
  return state
}
