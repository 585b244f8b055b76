import { expect, test } from 'vitest'
import { parsePostmasterPid } from './postmasterPid.ts'

const running = [
  '4711',
  '/data/postgres',
  '1790000000',
  '5433',
  '',
  '127.0.0.1',
  '  12345 6',
  'ready   ',
  '',
].join('\n')

test('reads what a running server writes', () => {
  expect(parsePostmasterPid(running)).toEqual({ pid: 4711, port: 5433, status: 'ready' })
})

test('a server that has not said how it is yet is unknown', () => {
  expect(parsePostmasterPid(running.split('\n').slice(0, 5).join('\n'))).toEqual({
    pid: 4711,
    port: 5433,
    status: 'unknown',
  })
})

test.each(['', 'x', '4711', '4711\n/data\n1\nport', '0\n/data\n1\n5433'])('%j is not finished', (text) => {
  expect(parsePostmasterPid(text)).toBeNull()
})
