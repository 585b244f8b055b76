import { expect, test } from 'vitest'
import { createInbound, createOutbound, createReading } from '../../../../test/support/readings.ts'
import { selectTransportReading } from './selectTransportReading.ts'

test('a connection with several people is taken as one, with its largest picture', () => {
  const reading = createReading('the server', {
    id: 'subscriber',
    path: { kind: 'relay', protocol: 'tls' },
    inbound: [
      createInbound('Ada', 'audio', { jitterMs: 2, packets: 100, packetsLost: 1 }),
      createInbound('Ada', 'video', { jitterMs: 6, frameWidth: 320, frameHeight: 180, framesPerSecond: 9 }),
      createInbound('Chloe', 'video', { jitterMs: null, frameWidth: 1_280, frameHeight: 720, bytes: 5 }),
    ],
    outbound: [
      createOutbound('video', { id: 'q', limitation: 'none', bytes: 10 }),
      createOutbound('video', { id: 'f', limitation: 'cpu', bytes: 20 }),
      createOutbound('audio', { bytes: 7 }),
    ],
  })
  expect(selectTransportReading(reading)).toEqual({
    id: 'subscriber',
    pathKind: 'relay',
    rttMs: 20,
    jitterMs: 4,
    packetsReceived: 14_100,
    packetsLost: 1,
    bytesSent: 8_300_000,
    bytesReceived: 8_300_000,
    videoBytesSent: 30,
    videoBytesReceived: 7_500_005,
    audioBytesSent: 7,
    audioBytesReceived: 400_000,
    frameWidth: 1_280,
    frameHeight: 720,
    fps: 24,
    limitation: 'cpu',
  })
})

test('a connection that carries nothing has nothing to say', () => {
  expect(selectTransportReading(createReading('Ada', { inbound: [], outbound: [] }))).toMatchObject({
    jitterMs: null,
    frameWidth: null,
    fps: null,
    limitation: null,
    packetsReceived: 0,
  })
})
