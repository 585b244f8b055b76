import { expect, test } from 'vitest'
import { limitScreen } from './limitScreen.ts'

function createSender() {
  const set: RTCRtpEncodingParameters[][] = []
  let encodings: RTCRtpEncodingParameters[] = [
    { active: true, maxBitrate: 1_500_000, maxFramerate: 5, scaleResolutionDownBy: 1 },
  ]
  const sender: Parameters<typeof limitScreen>[0] = {
    getParameters: () => ({ transactionId: '', codecs: [], headerExtensions: [], rtcp: {}, encodings }),
    setParameters(parameters) {
      encodings = parameters.encodings
      set.push(encodings)
      return Promise.resolve()
    },
  }
  return { sender, set }
}

test('bits and frames change, size and whether it is sent do not', async () => {
  const { sender, set } = createSender()
  await limitScreen(sender, { isActive: true, maxBitrateBps: 350_000, framerate: 3 })
  expect(set).toEqual([[{ active: true, maxBitrate: 350_000, maxFramerate: 3, scaleResolutionDownBy: 1 }]])
})

test('what is so already is not said again, nor anything of a screen that is not shared', async () => {
  const { sender, set } = createSender()
  await limitScreen(sender, { isActive: true, maxBitrateBps: 1_500_000, framerate: 5 })
  await limitScreen(sender, { isActive: false, maxBitrateBps: 0, framerate: 0 })
  expect(set).toEqual([])
})
