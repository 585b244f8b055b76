import { describe, expect, test } from 'vitest'
import { createInbound, createOutbound, createReading } from '../../../../test/support/readings.ts'
import { selectCallFigures, selectLossRatio } from './selectCallFigures.ts'

describe('the figures of a call between two readings', () => {
  const before = [createReading('Ada'), createReading('Chloe')]
  const now = [
    createReading('Ada', {
      atMs: 102_000,
      rttMs: 80,
      path: { kind: 'relay', protocol: 'tcp' },
      bytesSent: 8_400_000,
      bytesReceived: 8_350_000,
      inbound: [
        createInbound('Ada', 'audio', { bytes: 408_000, packets: 5_090, packetsLost: 10, jitterMs: 9 }),
        createInbound('Ada', 'video', {
          bytes: 7_600_000,
          packets: 7_100,
          jitterMs: 30,
          framesPerSecond: 12,
        }),
      ],
      outbound: [createOutbound('video', { bytes: 7_550_000, frameWidth: 320, frameHeight: 240 })],
      availableOutgoingBps: 400_000,
    }),
    createReading('Chloe', { atMs: 102_000, bytesSent: 8_500_000, bytesReceived: 8_300_000 }),
  ]
  const figures = selectCallFigures(before, now)

  test('tell how each person is received', () => {
    expect(figures.people.map(({ connectionId }) => connectionId)).toEqual(['Ada', 'Chloe'])
    expect(figures.people[0]).toMatchObject({
      rttMs: 80,
      path: { kind: 'relay', protocol: 'tcp' },
      lossRatio: 10 / 200,
      jitterMs: 9,
      audio: { bitrateBps: 32_000, codec: 'opus' },
      video: { bitrateBps: 400_000, frameHeight: 480, framesPerSecond: 12, codec: 'VP8' },
    })
  })

  test('sum up what goes both ways', () => {
    expect(figures).toMatchObject({ atMs: 102_000, incomingBps: 200_000 })
    expect(figures.outgoing).toMatchObject({
      bitrateBps: 1_200_000,
      availableBps: 400_000,
      video: { frameHeight: 480 },
      limitation: 'none',
    })
  })

  test('name no rate for a connection that was not there before', () => {
    const [ada] = selectCallFigures([], now).people
    expect(ada?.video?.bitrateBps).toBe(0)
  })

  test('take the later of two connections to one person', () => {
    const sfu = createReading('Ada', { id: 'subscriber', topology: 'sfu' })
    expect(selectCallFigures([], [createReading('Ada'), sfu]).people.map(({ topology }) => topology)).toEqual(
      ['sfu'],
    )
  })

  test('tell people apart who share a connection, and leave out whom nobody could name', () => {
    const inbound = [
      createInbound('Ada', 'video'),
      createInbound('Chloe', 'video', { framesPerSecond: 5 }),
      createInbound('', 'video', { connectionId: null }),
    ]
    const { people } = selectCallFigures([], [createReading('the server', { topology: 'sfu', inbound })])
    expect(people.map(({ connectionId, video }) => [connectionId, video?.framesPerSecond])).toEqual([
      ['Ada', 24],
      ['Chloe', 5],
    ])
  })
})

describe('what holds the picture back', () => {
  const limitation = (...given: readonly (readonly ('none' | 'cpu' | 'bandwidth' | 'other')[])[]) =>
    selectCallFigures(
      [],
      given.map((layers, index) =>
        createReading(`${index}`, {
          outbound: layers.map((layer, size) =>
            createOutbound('video', { id: `${size}`, limitation: layer }),
          ),
        }),
      ),
    ).outgoing.limitation

  test.each([
    [[['none'], ['none']], 'none'],
    [[['cpu'], ['bandwidth']], 'cpu'],
    [[['bandwidth'], ['bandwidth']], 'bandwidth'],
    // With one of several people only, it is their network and not ours.
    [[['bandwidth'], ['none']], 'none'],
    // The smaller sizes of a picture fit where the largest does not.
    [[['none', 'none', 'bandwidth']], 'bandwidth'],
    [[['other'], ['none']], 'other'],
    [[], null],
  ] as const)('of %j is %s', (given, expected) => {
    expect(limitation(...given)).toBe(expected)
  })
})

test.each([
  [90, 10, 1, 0.1],
  [0, 0, 1, null],
  [20, 5, 30, null],
  [0, 40, 30, 1],
] as const)(
  'of %s packets that came and %s that did not, at least %s expected: %s',
  (came, lost, min, ratio) => {
    const first = createInbound('Ada', 'audio')
    const second = { ...first, packets: first.packets + came, packetsLost: lost }
    expect(selectLossRatio([first], [second], min)).toBe(ratio)
  },
)
