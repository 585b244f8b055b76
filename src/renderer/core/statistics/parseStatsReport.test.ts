import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { parseStatsReport } from './parseStatsReport.ts'

/** Reports that Chromium 156 gave: of a connection without a path yet, and 2 s apart of one with camera and microphone both ways. */
const reports = z
  .record(z.enum(['connecting', 'first', 'second']), z.array(z.record(z.string(), z.unknown())))
  .parse(
    JSON.parse(
      readFileSync(
        new URL('../../../../test/support/statsReports/chromium156.json', import.meta.url),
        'utf8',
      ),
    ),
  )
type Entries = (typeof reports)['first']

const connection = { id: 'Ada:0', topology: 'mesh', ownerOf: () => 'Ada' } as const
const parse = (entries: Entries) => parseStatsReport(entries, connection)

/** The report with one kind of entry told differently. */
function change(entries: Entries, type: string, changes: Entries[number]): Entries {
  return entries.map((entry) => (entry['type'] === type ? { ...entry, ...changes } : entry))
}

const ownVideo = (entries: Entries) => parse(entries).outbound.find(({ kind }) => kind === 'video')
const theirVideo = (entries: Entries) => parse(entries).inbound.find(({ kind }) => kind === 'video')

describe('a real report', () => {
  test('of a call that runs is read as what it says', () => {
    expect(parse(reports.second)).toEqual({
      id: 'Ada:0',
      topology: 'mesh',
      atMs: 1_795_604_494_689.234,
      path: { kind: 'host', protocol: 'udp' },
      rttMs: 1,
      availableOutgoingBps: 3_552_615,
      bytesSent: 829_885,
      bytesReceived: 827_365,
      inbound: [
        {
          id: 'IT01A1390798010',
          kind: 'audio',
          connectionId: 'Ada',
          bytes: 28_490,
          packets: 501,
          packetsLost: 0,
          jitterMs: 1,
          frameWidth: null,
          frameHeight: null,
          framesPerSecond: null,
          framesDecoded: 0,
          framesDropped: 0,
          freezes: 0,
          codec: 'opus',
          implementation: null,
          isScreen: false,
          isPowerEfficient: null,
        },
        {
          id: 'IT01V2233974358',
          kind: 'video',
          connectionId: 'Ada',
          bytes: 734_354,
          packets: 780,
          packetsLost: 0,
          jitterMs: 1,
          frameWidth: 640,
          frameHeight: 480,
          framesPerSecond: 24,
          framesDecoded: 238,
          framesDropped: 0,
          freezes: 0,
          codec: 'VP8',
          implementation: 'libvpx',
          isScreen: false,
          isPowerEfficient: false,
        },
      ],
      outbound: [
        {
          id: 'OT01A1445259992',
          kind: 'audio',
          bytes: 28_490,
          packets: 501,
          frameWidth: null,
          frameHeight: null,
          framesPerSecond: null,
          framesEncoded: 0,
          framesSent: 0,
          lossRatio: 0,
          limitation: null,
          codec: 'opus',
          implementation: null,
          isScreen: false,
          isPowerEfficient: null,
        },
        {
          id: 'OT01V1800035609',
          kind: 'video',
          bytes: 738_528,
          packets: 786,
          frameWidth: 640,
          frameHeight: 480,
          framesPerSecond: 24,
          framesEncoded: 240,
          framesSent: 240,
          lossRatio: 0,
          limitation: 'none',
          codec: 'VP8',
          implementation: 'libvpx',
          isScreen: false,
          isPowerEfficient: false,
        },
      ],
    })
  })

  test('of a connection without a path has no path, no delay and nothing that arrives', () => {
    expect(parse(reports.connecting)).toMatchObject({
      path: { kind: 'unknown', protocol: null },
      rttMs: null,
      bytesReceived: 0,
      inbound: [],
    })
  })

  test('taken later never counts less', () => {
    const [first, second] = [parse(reports.first), parse(reports.second)]
    expect(second.bytesSent).toBeGreaterThan(first.bytesSent)
    for (const [index, stream] of second.inbound.entries()) {
      expect(stream.packets).toBeGreaterThan(first.inbound[index]?.packets ?? 0)
    }
  })

  test('names its streams, so that an owner can be found', () => {
    const asked: unknown[] = []
    const ownerOf = (stream: unknown) => {
      asked.push(stream)
      return null
    }
    parseStatsReport(reports.second, { ...connection, ownerOf })
    expect(asked).toEqual([
      { trackId: '62ebdc70-5d73-4cc0-be1f-93e4357c845b', mid: '0' },
      { trackId: '6cf6d39d-91ae-4c5e-9553-54bb146fcbb3', mid: '1' },
    ])
  })
})

describe('the path', () => {
  test.each([
    [{ candidateType: 'srflx', protocol: 'udp' }, 'srflx', 'udp'],
    [{ candidateType: 'prflx', protocol: 'udp' }, 'srflx', 'udp'],
    [{ candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls' }, 'relay', 'tls'],
    [{ candidateType: 'host', protocol: 'tcp' }, 'host', 'tcp'],
    [{ candidateType: 'carrier pigeon', protocol: 'air' }, 'unknown', null],
  ] as const)('of our own candidate %j is %s over %s', (candidate, kind, protocol) => {
    expect(parse(change(reports.second, 'local-candidate', candidate)).path).toEqual({ kind, protocol })
  })

  test('is the one in use, of two that were nominated', () => {
    const entries = reports.second.map((entry) =>
      entry['nominated'] === true && entry['writable'] === false
        ? { ...entry, currentRoundTripTime: 9, availableOutgoingBitrate: 1 }
        : entry,
    )
    expect(parse(entries.toReversed()).rttMs).toBe(1)
  })

  test('is found without a transport that names it', () => {
    const entries = reports.second.filter((entry) => entry['type'] !== 'transport')
    expect(parse(entries)).toMatchObject({ path: { kind: 'host' }, bytesSent: 813_763 })
  })
})

describe('what a browser tells in another way', () => {
  test.each(['cpu', 'bandwidth', 'other'] as const)('a picture held back by %s', (reason) => {
    const entries = change(reports.second, 'outbound-rtp', { qualityLimitationReason: reason })
    expect(ownVideo(entries)?.limitation).toBe(reason)
  })

  test('what is not there, or of another kind, is null or none', () => {
    const entries = change(reports.second, 'inbound-rtp', {
      frameWidth: 0,
      framesPerSecond: 'many',
      packetsLost: -3,
      jitter: Number.NaN,
      decoderImplementation: undefined,
    })
    expect(theirVideo(entries)).toMatchObject({
      frameWidth: null,
      frameHeight: null,
      framesPerSecond: null,
      packetsLost: 0,
      jitterMs: null,
      implementation: null,
    })
    expect(parse([])).toMatchObject({ atMs: 0, bytesSent: 0, inbound: [], outbound: [] })
  })

  test('loss beyond all is all', () => {
    const entries = change(reports.second, 'remote-inbound-rtp', { fractionLost: 1.2 })
    expect(ownVideo(entries)?.lossRatio).toBe(1)
  })
})

test('streams of a shared screen are told apart by their line or their track, in and out', () => {
  const entries = [
    { id: 'in', type: 'inbound-rtp', kind: 'video', mid: '2', trackIdentifier: 'theirs' },
    { id: 'out', type: 'outbound-rtp', kind: 'video', mid: '2', mediaSourceId: 'source' },
    { id: 'source', type: 'media-source', kind: 'video', trackIdentifier: 'ours' },
    { id: 'face', type: 'outbound-rtp', kind: 'video', mid: '1' },
  ]
  const asked: (string | null)[] = []
  const reading = parseStatsReport(entries, {
    id: 'Ada:0',
    topology: 'mesh',
    ownerOf: () => 'Ada',
    isScreen({ mid, trackId }) {
      asked.push(trackId)
      return mid === '2'
    },
  })
  expect(reading.inbound.map(({ isScreen }) => isScreen)).toEqual([true])
  expect(reading.outbound.map(({ isScreen }) => isScreen)).toEqual([true, false])
  expect(asked).toEqual(['theirs', 'ours', null])
})
