import { VideoQuality } from 'livekit-client'
import { beforeEach, expect, test } from 'vitest'
import { createPictureLimit } from './createPictureLimit.ts'

let asked: string[]
let limit: ReturnType<typeof createPictureLimit>

beforeEach(() => {
  asked = []
  limit = createPictureLimit({
    setEnabled: (isEnabled) => void asked.push(isEnabled ? 'on' : 'off'),
    setVideoQuality: (quality) => void asked.push(VideoQuality[quality] ?? ''),
    setVideoFPS: (framerate) => void asked.push(`${framerate} fps`),
  })
})

const wanted = (shortSide: number, framerate = 24) => ({
  connectionId: 'Ben',
  picture: { shortSide, framerate },
})

test.each([
  [wanted(180, 15), ['LOW', '15 fps', 'on']],
  [wanted(360), ['MEDIUM', '24 fps', 'on']],
  [wanted(480), ['HIGH', '24 fps', 'on']],
  [{ connectionId: 'Ben', picture: null }, ['off']],
  // The elements decide, as they do without us.
  [null, []],
])('%o is asked of the server as %o', (subscription, expected) => {
  limit(subscription)
  expect(asked).toEqual(expected)
})

test('a picture that comes back is asked for in its size before it is asked for at all', () => {
  limit({ connectionId: 'Ben', picture: null })
  limit(wanted(180))
  expect(asked).toEqual(['off', 'LOW', '24 fps', 'on'])
})

test('nothing is held back of somebody of whom nothing is said any more', () => {
  limit({ connectionId: 'Ben', picture: null })
  limit(null)
  limit(null)
  expect(asked).toEqual(['off', 'HIGH', '120 fps', 'on'])
})
