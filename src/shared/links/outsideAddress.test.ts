import { expect, test } from 'vitest'
import { isOutsideAddress } from './outsideAddress.ts'

test.each([
  'https://example.org',
  'https://example.org/',
  'https://sub.example.org:8443/a/b?c=d#e',
  'https://xn--bcher-kva.example/',
])('%s may be opened', (address) => {
  expect(isOutsideAddress(address)).toBe(true)
})

test.each([
  ['another scheme', 'http://example.org/'],
  ['a file', 'file:///etc/passwd'],
  ['code', 'javascript:alert(1)'],
  ['a name and a password', 'https://user:secret@example.org/'],
  ['a host that hides behind another', 'https://example.org\\@evil.example/'],
  ['a backslash, which some programs read as a slash', 'https://example.org/\\evil.example'],
  ['a space, which ends an argument', 'https://example.org/ --flag'],
  ['a line break', 'https://example.org/\nhttps://evil.example'],
  ['a number', 'https://2130706433/'],
  ['an IP address', 'https://127.0.0.1/'],
  ['this computer', 'https://localhost/'],
  ['no such port', 'https://example.org:99999/'],
  ['letters that look like others', 'https://ex\u0430mple.org/'],
  ['more than anybody reads', `https://example.org/${'a'.repeat(2_048)}`],
])('%s may not', (_what, address) => {
  expect(isOutsideAddress(address)).toBe(false)
})
