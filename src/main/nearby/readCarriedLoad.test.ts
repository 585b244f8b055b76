import { expect, test } from 'vitest'
import { createLoadReader, sumSentBits } from './readCarriedLoad.ts'

test('what goes out is summed over networks, what stays on this computer is not', () => {
  const stats = [
    { iface: 'lo', tx_sec: 9_000 },
    { iface: 'lo0', tx_sec: 9_000 },
    { iface: 'Loopback Pseudo-Interface 1', tx_sec: 9_000 },
    { iface: 'eth0', tx_sec: 1_000 },
    { iface: 'wlan0', tx_sec: 125 },
    { iface: 'eth1', tx_sec: -1 },
  ]
  expect(sumSentBits(stats)).toBe(9_000)
  expect(sumSentBits([{ iface: 'eth0', tx_sec: null }])).toBeNull()
})

test('the computer is not asked again for who asks too often', async () => {
  let nowMs = 0
  const read = createLoadReader(() => nowMs)
  const first = await read()
  expect(first.cpuPercent).toBeNull()
  nowMs = 1_000
  expect(await read()).toBe(first)
})
