import { expect, test } from 'vitest'
import { limitSender } from './limitSender.ts'

function createSender() {
  const set: RTCRtpEncodingParameters[][] = []
  let encodings: RTCRtpEncodingParameters[] = [
    { active: true, maxBitrate: 1_500_000, maxFramerate: 5, scaleResolutionDownBy: 1 },
  ]
  const sender: Parameters<typeof limitSender>[0] = {
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
  await limitSender(sender, { maxBitrate: 350_000, maxFramerate: 3 })
  expect(set).toEqual([[{ active: true, maxBitrate: 350_000, maxFramerate: 3, scaleResolutionDownBy: 1 }]])
})

test('what is so already is not said again', async () => {
  const { sender, set } = createSender()
  await limitSender(sender, { maxBitrate: 1_500_000, maxFramerate: 5 })
  await limitSender(sender, { maxBitrate: 1_500_000 })
  expect(set).toEqual([])
})

test('a voice is limited in bits alone', async () => {
  const { sender, set } = createSender()
  await limitSender(sender, { maxBitrate: 32_000 })
  expect(set).toEqual([[{ active: true, maxBitrate: 32_000, maxFramerate: 5, scaleResolutionDownBy: 1 }]])
})
