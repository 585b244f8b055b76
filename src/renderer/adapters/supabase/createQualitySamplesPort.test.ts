import { expect, test } from 'vitest'
import type { QualitySample } from '../../../shared/api/qualitySamples.ts'
import { createQualitySamplesPort } from './createQualitySamplesPort.ts'

const stay = { roomId: 'room', connectionId: 'connection' }
const sample: QualitySample = {
  windowMs: 60_000,
  topology: 'mesh',
  pathKind: 'host',
  rttMs: 20,
  lossRatio: 0,
  jitterMs: 3,
  frameWidth: 640,
  frameHeight: 480,
  fps: 24,
  videoUpBps: 600_000,
  videoDownBps: 600_000,
  audioUpBps: 24_000,
  audioDownBps: 24_000,
  bytesSent: 4_700_000,
  bytesReceived: 4_700_000,
  cpuLoadPercent: null,
  connectionAttempts: 1,
  connectionSuccesses: 1,
  limitation: 'none',
}

test.each([
  ['kept', new Response('{"accepted": true}'), true],
  ['too many', new Response('{"accepted": false}'), false],
  ['refused', new Response('{"message": "not_participant"}', { status: 403 }), false],
  ['something else', new Response('"yes"'), false],
  ['no network', new TypeError('failed to fetch'), false],
] as const)('a sample that is answered with %s', async (_, answer, isKept) => {
  const bodies: unknown[] = []
  const port = createQualitySamplesPort({
    url: 'http://backend.test',
    publishableKey: 'publishable',
    accessToken: () => Promise.resolve('token'),
    fetch: (_url, init) => {
      bodies.push(typeof init?.body === 'string' ? JSON.parse(init.body) : null)
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer.clone())
    },
  })
  expect(await port.send(stay, sample)).toBe(isKept)
  expect(bodies).toEqual([{ p_room_id: 'room', p_connection_id: 'connection', p_sample: sample }])
})
