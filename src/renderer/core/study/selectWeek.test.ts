import { expect, test } from 'vitest'
import { addDays, selectChartTopMinutes, selectWeek, toCsv } from './selectWeek.ts'

const days = [
  { day: '2026-11-26', presentSeconds: 5_400, focusedSeconds: 3_000 },
  { day: '2026-11-24', presentSeconds: 600, focusedSeconds: 0 },
  { day: '2026-11-10', presentSeconds: 9_999, focusedSeconds: 9_999 },
]

test('a week is the seven days up to today, with those on which nothing was done', () => {
  const week = selectWeek({ days, today: '2026-11-26' })
  expect(week.map(({ day }) => day)).toEqual([
    '2026-11-20',
    '2026-11-21',
    '2026-11-22',
    '2026-11-23',
    '2026-11-24',
    '2026-11-25',
    '2026-11-26',
  ])
  expect(week.at(-1)).toEqual({
    day: '2026-11-26',
    focusedMinutes: 50,
    presentMinutes: 90,
    isToday: true,
  })
  expect(week[5]).toMatchObject({ presentMinutes: 0, isToday: false })
  expect(selectChartTopMinutes(week)).toBe(120)
  expect(selectChartTopMinutes(selectWeek({ days: [], today: '2026-11-26' }))).toBe(60)
})

test.each([
  ['2026-03-01', -1, '2026-02-28'],
  ['2028-03-01', -1, '2028-02-29'],
  ['2026-12-31', 1, '2027-01-01'],
])('%s and %d days is %s', (day, count, expected) => {
  expect(addDays(day, count)).toBe(expected)
})

test('the table for spreadsheets has one row a day, the earliest first', () => {
  expect(toCsv(days)).toBe(
    'date,focused_minutes,present_minutes\r\n2026-11-10,166.7,166.7\r\n2026-11-24,0.0,10.0\r\n2026-11-26,50.0,90.0\r\n',
  )
})
