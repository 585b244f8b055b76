import { expect, test } from 'vitest'
import { isZombieStat } from './processes.ts'

/** As Linux writes it, with the state and the number of threads of our choice. */
const stat = (name: string, state: string, threads: number): string =>
  `9340 (${name}) ${state} 9299 9220 1509 0 -1 4227148 225 0 0 0 0 0 0 0 20 0 ${threads} 0 30549 0 0 18446744073709551615 0 0\n`

test.each([
  ['runs', stat('livekit-server', 'S', 12), false],
  ['has ended, and nobody has waited for it', stat('livekit-server', 'Z', 1), true],
  ['has ended and is being taken away', stat('livekit-server', 'X', 0), true],
  ['has lost its first thread, while others still hold its port', stat('livekit-server', 'Z', 3), false],
  ['bears a name that looks like a state', stat('a) Z 1 (b', 'R', 1), false],
])('a process that %s', (_what, line, expected) => {
  expect(isZombieStat(line)).toBe(expected)
})
