import { expect, test } from 'vitest'
import { isLoopbackHost } from './hostGuard.ts'

test.each(['127.0.0.1', '127.0.0.1:54321', 'localhost', 'LOCALHOST:1', '[::1]', '[::1]:54321'])(
  '%s is us',
  (host) => {
    expect(isLoopbackHost(host)).toBe(true)
  },
)

test.each([
  undefined,
  '',
  'evil.example',
  'evil.example:54321',
  '127.0.0.1.evil.example',
  'localhost.evil.example:54321',
  'localhost:evil',
  '127.0.0.1:54321:1',
  '127.0.0.2',
  '::1',
  '[::1',
  'user@localhost',
  'localhost/',
])('%s is not us', (host) => {
  expect(isLoopbackHost(host)).toBe(false)
})
