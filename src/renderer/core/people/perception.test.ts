import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PERSON_CHOICES_MAX_COUNT } from '../../../shared/limits.ts'
import type { PersonChoices } from '../ports/personChoices.ts'
import { changeChoice, ordinaryChoice, selectChoice, selectPerceptions } from './perception.ts'

const mia = { userId: 'mia', connectionId: 'c-mia' }
const known = { choices: new Map(), blockedIds: [], isDeafened: false }
const of = (changes: Partial<Parameters<typeof selectPerceptions>[1]>) =>
  selectPerceptions([mia], { ...known, ...changes }).get('c-mia')

describe('how somebody is perceived', () => {
  test.each([
    ['as ever', {}, { isSeen: true, volume: 1, seesUs: true }],
    ['half as loud', { volumePercent: 50 }, { isSeen: true, volume: 0.5, seesUs: true }],
    ['silenced, and seen', { isSilenced: true }, { isSeen: true, volume: 0, seesUs: true }],
    ['hidden, and heard', { isHidden: true }, { isSeen: false, volume: 1, seesUs: true }],
  ])('%s', (_what, choice, expected) => {
    expect(of({ choices: new Map([['mia', { ...ordinaryChoice, ...choice }]]) })).toEqual(expected)
  })

  test('who is blocked is neither seen nor heard and sees nothing of us, whatever was chosen', () => {
    const choices = new Map([['mia', ordinaryChoice]])
    expect(of({ choices, blockedIds: ['mia'] })).toEqual({ isSeen: false, volume: 0, seesUs: false })
  })

  test('whoever hears nobody still sees everybody', () => {
    expect(of({ isDeafened: true })).toEqual({ isSeen: true, volume: 0, seesUs: true })
  })
})

describe('what is kept', () => {
  test('what is silenced keeps its volume for afterwards', () => {
    const quiet = changeChoice(new Map(), 'mia', { volumePercent: 30 })
    const silenced = changeChoice(quiet, 'mia', { isSilenced: true })
    expect(selectChoice(changeChoice(silenced, 'mia', { isSilenced: false }), 'mia').volumePercent).toBe(30)
  })

  test('what is as ever again leaves nothing behind', () => {
    const hidden = changeChoice(new Map(), 'mia', { isHidden: true })
    expect(changeChoice(hidden, 'mia', { isHidden: false }).size).toBe(0)
  })

  test('of too many, whoever was changed longest ago is forgotten', () => {
    let choices: PersonChoices = new Map()
    for (let index = 0; index <= PERSON_CHOICES_MAX_COUNT; index += 1) {
      choices = changeChoice(choices, `p${index}`, { isHidden: true })
    }
    expect(choices.size).toBe(PERSON_CHOICES_MAX_COUNT)
    expect([choices.has('p0'), choices.has('p1')]).toEqual([false, true])
  })

  test('a volume is a whole number from 0 to 100, and of nobody else', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.boolean(), (volumePercent, isHidden) => {
        const before = changeChoice(new Map(), 'jon', { isHidden: true })
        const after = changeChoice(before, 'mia', { volumePercent, isHidden })
        const { volumePercent: kept } = selectChoice(after, 'mia')
        expect(Number.isInteger(kept) && kept >= 0 && kept <= 100).toBe(true)
        expect(selectChoice(after, 'jon')).toEqual(selectChoice(before, 'jon'))
      }),
    )
  })
})
