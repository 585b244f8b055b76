import { expect, test } from 'vitest'
import { withDiscontinuousOpus } from './opus.ts'

const lines = [
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10;useinbandfec=1',
]

test('silence is not sent', () => {
  expect(withDiscontinuousOpus(lines.join('\r\n'))).toContain(
    'a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1',
  )
})

test('what already says so, and what has no Opus, stays as it is', () => {
  const silent = withDiscontinuousOpus(lines.join('\r\n'))
  expect(withDiscontinuousOpus(silent)).toBe(silent)
  expect(withDiscontinuousOpus('m=video 9')).toBe('m=video 9')
})
