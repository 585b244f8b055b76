import { expect, test } from 'vitest'
import { createInbound, createOutbound, createReading } from '../../../test/support/readings.ts'
import { measureCall, noMeasurements } from '../core/statistics/measureCall.ts'
import { createMessages, speak } from './createMessages.ts'
import { describeSaving, describeStatistics, formatStatistics } from './describeStatistics.ts'

const { t } = createMessages()
const people = [
  { connectionId: 'Ada', displayName: 'Ada Lindqvist' },
  { connectionId: 'Chloe', displayName: 'Chloe' },
]
const expected = people.map(({ connectionId }) => ({ connectionId, isVideoOff: false }))

const measured = [
  [createReading('Ada', { atMs: 100_000 })],
  [
    createReading('Ada', {
      atMs: 102_000,
      path: { kind: 'relay', protocol: 'tls' },
      bytesSent: 8_675_000,
      inbound: [
        createInbound('Ada', 'audio', { bytes: 407_000, packets: 5_095, packetsLost: 5, jitterMs: 7.4 }),
        createInbound('Ada', 'video', { bytes: 7_620_000, framesPerSecond: 23 }),
      ],
      outbound: [
        createOutbound('video', { limitation: 'cpu', isPowerEfficient: true, implementation: 'VAAPI' }),
      ],
    }),
  ],
].reduce((known, readings) => measureCall(known, readings, expected), noMeasurements)

test('the whole call and everybody who is measured are told, as text too', () => {
  const sections = describeStatistics(t, measured, people)
  expect(formatStatistics(sections)).toBe(`The whole call: Good network
  Sent: 1.50 Mbit/s
  Received: 0 kbit/s
  Room to send: 3.00 Mbit/s
  Your picture: 640 × 480, 24 fps
  Codec: VP8 (VAAPI, in hardware)
  Held back by: this computer

Ada Lindqvist: Fair network. Parts of sound and picture get lost.
  Picture: 640 × 480, 23 fps
  Video: 480 kbit/s
  Sound: 28 kbit/s
  Round trip: 20 ms
  Lost packets: 5.0 %
  Jitter: 7 ms
  Codec: VP8 (libvpx)
  Path: From person to person, through a relay, TLS`)
})

test('charts show how a figure went', () => {
  const [, ada] = describeStatistics(t, measured, people)
  const series = (label: string) => ada?.rows.find((row) => row.label === label)?.series?.values
  expect(series('Picture')).toEqual([23])
  expect(series('Round trip')).toEqual([20])
  expect(series('Codec')).toBeUndefined()
})

test('without anybody to measure there is nothing', () => {
  expect(describeStatistics(t, noMeasurements, people)).toEqual([])
  const alone = [[], []].reduce((known, readings) => measureCall(known, readings, []), noMeasurements)
  expect(describeStatistics(t, alone, [])).toEqual([])
})

test('what is not measured is said to be so', () => {
  const silent = createReading('Ada', {
    rttMs: null,
    path: { kind: 'unknown', protocol: null },
    availableOutgoingBps: null,
    outbound: [],
    inbound: [createInbound('Ada', 'audio', { jitterMs: null, codec: null })],
  })
  const known = [silent, silent].reduce(
    (before, reading) => measureCall(before, [reading], expected),
    noMeasurements,
  )
  const text = formatStatistics(describeStatistics(t, known, people))
  for (const line of [
    'Room to send: not measured',
    'Picture: none',
    'Round trip: not measured',
    'Path: From person to person, not known',
  ]) {
    expect(text).toContain(line)
  }
})

async function germanT() {
  const messages = createMessages()
  await speak(messages, 'de')
  return messages.t
}

test('what focus has saved is said beside the rest of the call, once there is enough of both', async () => {
  const cost = (seconds: number, bps: number, load: number) => ({
    seconds,
    sentBits: seconds * bps,
    receivedBits: seconds * bps,
    loadSeconds: seconds,
    loadPercentSeconds: seconds * load,
  })
  const costs = { focus: cost(1_500, 150_000, 6), rest: cost(300, 950_000, 18) }
  expect(describeSaving(t, 'en', noMeasurements)).toBeNull()
  const saving = describeSaving(t, 'en', { ...noMeasurements, costs })
  expect(saving?.rows.map(({ label, value }) => `${label}: ${value}`)).toEqual([
    'Sent: 150 kbit/s instead of 950 kbit/s',
    'Received: 150 kbit/s instead of 950 kbit/s',
    'Processor, Studyhall: 6.0 % instead of 18.0 %',
    'Not sent or fetched so far: 300 MB',
  ])
  const german = describeSaving(await germanT(), 'de', { ...noMeasurements, costs })
  expect(german?.rows[2]?.value).toContain('6,0 %')
  const dear = describeSaving(t, 'en', { ...noMeasurements, costs: { focus: costs.rest, rest: costs.focus } })
  expect(dear?.rows.at(-1)?.value).toBe('nothing')
})
