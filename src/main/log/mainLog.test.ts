import { expect, test } from 'vitest'
import { redactSecrets } from './mainLog.ts'

test.each([
  ['token eyJhbGciOi.eyJzdWIiOi.c2ln here', 'token [token] here'],
  ['key sb_publishable_abc-DEF', 'key [key]'],
  ['sb_secret_x1', '[key]'],
  ['postgres://postgres:hunter2@127.0.0.1:5432/x', 'postgres://postgres:[password]@127.0.0.1:5432/x'],
  ['http://127.0.0.1:36579 is ready', 'http://127.0.0.1:36579 is ready'],
])('%s is written as %s', (text, written) => {
  expect(redactSecrets(text)).toBe(written)
})
