import { expect, test } from 'vitest'
import { isLoopbackHostname, judgeMediaServer } from './transportSecurity.ts'

test.each([
  ['wss://media.example.org', null],
  ['https://media.example.org:7443/x', null],
  ['ws://127.0.0.1:7880', null],
  ['http://localhost:7880', null],
  ['ws://[::1]:7880', null],
  // Two ways to write 127.0.0.1.
  ['ws://127.1:7880', null],
  ['ws://2130706433:7880', null],
  ['ws://media.example.org', 'insecure'],
  ['http://192.168.1.2:7880', 'insecure'],
  ['WS://10.0.0.4', 'insecure'],
  ['ws://127.0.0.1.example.org', 'insecure'],
  ['ws://localhost.example.org', 'insecure'],
  ['ws://127.0.0.1@media.example.org', 'insecure'],
  ['ws://0.0.0.0:7880', 'insecure'],
  ['ws://[::ffff:192.168.1.2]', 'insecure'],
  ['file:///etc/passwd', 'not_an_address'],
  ['media.example.org', 'not_an_address'],
  ['', 'not_an_address'],
])('a media server at %s: %s', (text, problem) => {
  expect(judgeMediaServer(URL.parse(text))).toBe(problem)
})

test('only this machine is this machine', () => {
  expect(['localhost', '127.0.0.1', '127.9.9.9', '[::1]'].every(isLoopbackHostname)).toBe(true)
  expect(['', 'localhost.', '127.0.0', '128.0.0.1', '::1', 'a127.0.0.1'].some(isLoopbackHostname)).toBe(false)
})
