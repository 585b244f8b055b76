import { describe, expect, test } from 'vitest'
import { createInbound, createOutbound, createReading } from '../../../../test/support/readings.ts'
import { selectLinkReading } from './selectLinkReading.ts'

const before = createReading('Ada')
const firstVideo = createInbound('Ada', 'video')

describe('what a connection tells of its quality', () => {
  test('between two readings, what was sent and what became of what arrived', () => {
    const after = createReading('Ada', {
      atMs: before.atMs + 2_000,
      bytesSent: before.bytesSent + 150_000,
      inbound: [
        createInbound('Ada', 'audio'),
        createInbound('Ada', 'video', {
          framesDecoded: 2_440,
          framesDropped: 8,
          jitterMs: 12,
          packets: firstVideo.packets + 90,
          packetsLost: firstVideo.packetsLost + 10,
        }),
      ],
      outbound: [
        createOutbound('audio', { lossRatio: 0.5 }),
        createOutbound('video', { lossRatio: 0.1, limitation: 'bandwidth' }),
      ],
    })
    expect(selectLinkReading(after, before)).toEqual({
      roundTripMs: 20,
      sentLossRatio: 0.1,
      receivedLossRatio: 0.1,
      jitterMs: 12,
      availableOutgoingBps: 3_000_000,
      sentBps: 600_000,
      limitation: 'bandwidth',
      framesDecoded: 40,
      framesDropped: 8,
    })
  })

  test('a screen that gives up frames for its letters is not held back by the path', () => {
    const sharing = createReading('Ada', {
      outbound: [
        createOutbound('video', { limitation: 'none' }),
        createOutbound('video', { id: 'screen', isScreen: true, limitation: 'bandwidth' }),
      ],
    })
    expect(selectLinkReading(sharing, undefined).limitation).toBe('none')
  })

  test('the first reading has nothing to be compared with, nor has one of another connection', () => {
    const unknown = { sentBps: null, framesDecoded: null, framesDropped: null }
    expect(selectLinkReading(before, undefined)).toMatchObject(unknown)
    expect(selectLinkReading(before, before)).toMatchObject(unknown)
    const other = createReading('Ada', { id: 'Ada:1', atMs: before.atMs + 2_000 })
    expect(selectLinkReading(other, before)).toMatchObject(unknown)
  })

  test('without a picture of ours, the voice tells what is lost; without either, nobody does', () => {
    const silent = createReading('Ada', {
      outbound: [createOutbound('audio', { lossRatio: 0.2 })],
      inbound: [],
    })
    expect(selectLinkReading(silent, undefined)).toMatchObject({
      sentLossRatio: 0.2,
      jitterMs: null,
      limitation: null,
    })
    expect(selectLinkReading(createReading('Ada', { outbound: [] }), undefined).sentLossRatio).toBeNull()
  })

  test('of several sizes, the most limited one counts', () => {
    const outbound = [
      createOutbound('video', { id: 'low', limitation: 'none' }),
      createOutbound('video', { id: 'high', limitation: 'cpu' }),
    ]
    expect(selectLinkReading(createReading('Ada', { outbound }), undefined).limitation).toBe('cpu')
  })
})
