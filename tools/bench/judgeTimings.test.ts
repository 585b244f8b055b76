import { expect, test } from 'vitest'
import { findTellingTimings, type TimingComparison } from './judgeTimings.ts'
import { mannWhitney } from './mannWhitney.ts'

const one = (what: string, pValue: number, probabilityOfSuperiority: number): TimingComparison => ({
  what,
  pValue,
  probabilityOfSuperiority,
})
const namesOf = (comparisons: readonly TimingComparison[]): readonly string[] =>
  findTellingTimings(comparisons).map(({ what }) => what)

test('a difference beyond chance that matters tells, slower or faster', () => {
  expect(namesOf([one('slow', 1e-9, 0.6), one('fast', 1e-9, 0.4), one('same', 0.7, 0.5)])).toEqual([
    'slow',
    'fast',
  ])
})

test('one that is certain and too small to be used does not', () => {
  expect(namesOf([one('a', 1e-9, 0.52)])).toEqual([])
})

test('nor one that some of many tests come to by chance', () => {
  const others = Array.from({ length: 19 }, (_value, index) => one(String(index), 0.5, 0.5))
  expect(namesOf([one('a', 0.004, 0.6)])).toEqual(['a'])
  expect(namesOf([one('a', 0.004, 0.6), ...others])).toEqual([])
  expect(namesOf([one('a', 0.0004, 0.6), ...others])).toEqual(['a'])
})

test('after the first that may be chance, no other counts', () => {
  expect(namesOf([one('a', 0.001, 0.6), one('b', 0.006, 0.6), one('c', 0.009, 0.6)])).toEqual(['a'])
})

test('finds half a millisecond in answers that vary by one', () => {
  const times = (add: number): number[] =>
    Array.from({ length: 500 }, (_value, index) => 5 + ((index * 37) % 100) / 100 + add)
  expect(namesOf([{ what: 'a', ...mannWhitney(times(0.5), times(0)) }])).toEqual(['a'])
  expect(namesOf([{ what: 'a', ...mannWhitney(times(0), times(0)) }])).toEqual([])
})
