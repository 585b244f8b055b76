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
    async setParameters(next, options) {
      await Promise.resolve()
      parameters = next
      set.push({ ...next.encodings[0], ...options })
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
  expect(set).toEqual([{ active: true, maxBitrate: 100, encodingOptions: [] }])
})

test('of changes that wait only the latest is made', async () => {
  const { sender, set } = createSlowSender()
  const shaper = createSenderShaper(sender)
  for (const maxBitrate of [1, 2, 3]) shaper.shape(() => ({ maxBitrate }))
  await settle()
  expect(set).toMatchObject([{ maxBitrate: 1 }, { maxBitrate: 3 }])
})

test('a whole picture is asked for with nothing else changed, and once', async () => {
  const { sender, set } = createSlowSender()
  const shaper = createSenderShaper(sender)
  shaper.refresh()
  await settle()
  shaper.shape(() => ({ maxBitrate: 100 }))
  await settle()
  expect(set).toEqual([
    { active: true, encodingOptions: [{ keyFrame: true }] },
    { active: true, maxBitrate: 100, encodingOptions: [] },
  ])
})

test('a whole picture that is asked for meanwhile comes with the change that waits', async () => {
  const { sender, set } = createSlowSender()
  const shaper = createSenderShaper(sender)
  shaper.shape(() => ({ active: false }))
  shaper.refresh()
  shaper.shape(() => ({ active: true }))
  await settle()
  expect(set).toEqual([
    { active: false, encodingOptions: [] },
    { active: true, encodingOptions: [{ keyFrame: true }] },
  ])
})
