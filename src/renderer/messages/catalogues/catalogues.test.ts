import { describe, expect, test } from 'vitest'
import { compareCatalogues, flatten } from '../../../../test/support/compareCatalogues.ts'
import { languages } from '../../../shared/languages/languages.ts'
import { loadCatalogue } from '../loadCatalogue.ts'
import { en } from './en/en.ts'

/** Names, figures and patterns that are the same in every language that does not say them otherwise. */
const sameEverywhere =
  /^(app\.name|lobby\.week\.(minutes|hours|hoursAndMinutes)|tray\.recurring|recurring\.when\.day|prejoin\.unnamedDevice|room\.gestures\.news|room\.timer\.preset|settings\.about\.(app|electron|chromium|node)|statistics\.(codecBy|kilobits|megabits|milliseconds|percent|machine\.(celsius|charged)))$/

/** Words that a language shares with English. */
const sameWord: Readonly<Record<string, readonly string[]>> = {
  de: [
    'lobby.sort.name',
    'room.chat.open',
    'room.chat.title',
    'room.timer.open',
    'settings.sections.backend',
    'settings.about.system',
    'settings.about.backend',
    'statistics.machine.heats.fair',
    'statistics.video',
    'statistics.codec',
  ],
  es: ['room.chat.open', 'room.chat.title'],
  fr: [
    'room.access.invitations',
    'recurring.durationMinutes_other',
    'settings.notifications.minutes_other',
    'settings.about.versions',
    'statistics.codec',
    'statistics.pathKinds.host',
  ],
}

test.each([...flatten(en)])('%s is plain: no exclamation mark, no code', (_key, sentence) => {
  expect(sentence).not.toMatch(/!|\b[A-Z]{3,}_|\b\d{3}\b/)
  expect(sentence.trim()).toBe(sentence)
})

describe.each(languages.filter(({ tag }) => tag !== 'en'))('$name', ({ tag }) => {
  const faults = async () => compareCatalogues(en, await loadCatalogue(tag), tag)

  test('says everything that English says, each count in every form it has', async () => {
    expect(await faults()).toMatchObject({ missing: [], surplus: [] })
  })

  test('says the same names and figures in it, and nothing blank', async () => {
    expect(await faults()).toMatchObject({ broken: [], blank: [] })
  })

  test('has nothing left in English', async () => {
    const { untranslated } = await faults()
    const known = sameWord[tag] ?? []
    expect(untranslated.filter((key) => !sameEverywhere.test(key) && !known.includes(key))).toEqual([])
    expect(known.filter((key) => !untranslated.includes(key))).toEqual([])
  })

  test('is plain: no exclamation mark, no code', async () => {
    const shouts = [...flatten(await loadCatalogue(tag))].filter(([, text]) =>
      /[!！]|\b[A-Z]{3,}_|\b\d{3}\b/.test(text),
    )
    expect(shouts).toEqual([])
  })
})

test('French has no space at which a line could end before its punctuation', async () => {
  const loose = [...flatten(await loadCatalogue('fr'))].filter(([, text]) => / [?:;»]|« /.test(text))
  expect(loose).toEqual([])
})

describe('a catalogue that is not right', () => {
  const english = {
    a: 'One',
    not_other: 'x',
    n_one: '{{count}} day of {{name}}',
    n_other: '{{count}} days of {{name}}',
    list: ['p', 'q'],
  }

  test.each([
    ['a missing text', { a: undefined }, { missing: ['a'] }],
    ['a text too many', { b: 'Zwei' }, { surplus: ['b'] }],
    ['a missing form', { n_one: undefined }, { missing: ['n_one'] }],
    ['a form that the language does not have', { n_few: 'x' }, { surplus: ['n_few'] }],
    ['a list that is too short', { list: ['eins'] }, { missing: ['list.1'] }],
    ['a lost name', { n_other: '{{count}} Tage' }, { broken: ['n_other'] }],
    ['a lost count', { n_other: 'Tage von {{name}}' }, { broken: ['n_other'] }],
    ['a misspelt name', { n_one: '{{count}} Tag von {{nam}}' }, { broken: ['n_one'] }],
    ['a blank', { a: ' ' }, { blank: ['a'] }],
    ['English words', { a: 'One' }, { untranslated: ['a'] }],
  ])('is told of: %s', (_what, change, faults) => {
    const german = {
      a: 'Eins',
      not_other: 'y',
      n_one: '{{count}} Tag von {{name}}',
      n_other: '{{count}} Tage von {{name}}',
      list: ['eins', 'zwei'],
    }
    const none = { missing: [], surplus: [], broken: [], blank: [], untranslated: [] }
    expect(compareCatalogues(english, german, 'de')).toEqual(none)
    expect(compareCatalogues(english, { ...german, ...change }, 'de')).toEqual({ ...none, ...faults })
  })
})
