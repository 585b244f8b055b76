import { expect, test } from 'vitest'
import { createSenderShaper, type ShapedSender } from './createSenderShaper.ts'

/** A sender of one picture that takes its time, and what was set on it, in order. */
function createSlowSender() {
  let parameters: RTCRtpSendParameters = {
    transactionId: '1',
    codecs: [],
    headerExtensions: [],
    rtcp: {},
    encodings: [{ active: true }],
  }
  const set: unknown[] = []
  const sender: ShapedSender = {
    getParameters: () => structuredClone(parameters),
    async setParameters(next) {
      await Promise.resolve()
      parameters = next
      set.push(next.encodings[0])
    },
  }
  return { sender, set }
}

/** All that is under way is done: the slow sender takes a handful of turns. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

test('what is said already is not said again', async () => {
  const { sender, set } = createSlowSender()
  const shaper = createSenderShaper(sender)
  shaper.shape(() => ({ active: true, maxBitrate: 100 }))
  await settle()
  shaper.shape(() => ({ active: true, maxBitrate: 100 }))
  await settle()
  expect(set).toEqual([{ active: true, maxBitrate: 100 }])
})

test('of changes that wait only the latest is made', async () => {
  const { sender, set } = createSlowSender()
  const shaper = createSenderShaper(sender)
  for (const maxBitrate of [1, 2, 3]) shaper.shape(() => ({ maxBitrate }))
  await settle()
  expect(set).toMatchObject([{ maxBitrate: 1 }, { maxBitrate: 3 }])
})
