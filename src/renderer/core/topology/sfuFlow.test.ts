import { beforeEach, expect, test } from 'vitest'
import { followSfuFlow, type SfuFlow } from './sfuFlow.ts'

const LOOK_MS = 500

let flow: SfuFlow | null
let nowMs: number
let bytes: number
let answers: number

beforeEach(() => {
  flow = null
  nowMs = 0
  bytes = 0
  answers = 0
})

/** @returns when it stalled first, and how often another path was sought */
function follow(
  seconds: number,
  comes: { bytes?: boolean; answers?: boolean; isSignalingLost?: boolean; everyMs?: number },
): { readonly stalledAfterMs: number | null; readonly restarts: number } {
  const startedAtMs = nowMs
  let stalledAfterMs: number | null = null
  let restarts = 0
  for (; nowMs - startedAtMs < seconds * 1_000;) {
    nowMs += comes.everyMs ?? LOOK_MS
    if (comes.bytes === true) bytes += 100
    // As browsers check a path on which all is well.
    if (comes.answers === true && Math.floor(nowMs / 2_500) > answers) answers = Math.floor(nowMs / 2_500)
    const next = followSfuFlow(flow, { bytes, answers }, nowMs, comes.isSignalingLost ?? false)
    flow = next.flow
    if (flow.isStalled) stalledAfterMs ??= nowMs - startedAtMs
    if (next.restarts) restarts += 1
  }
  return { stalledAfterMs, restarts }
}

const well = { bytes: true, answers: true }

test('a room in which media flows is never called stalled, whether signaling is there or not', () => {
  expect(follow(120, well)).toEqual({ stalledAfterMs: null, restarts: 0 })
  expect(follow(120, { ...well, isSignalingLost: true })).toEqual({ stalledAfterMs: null, restarts: 0 })
})

test('nor is one in which nobody sends anything: answers come, which are not counted as bytes', () => {
  expect(follow(120, { answers: true })).toEqual({ stalledAfterMs: null, restarts: 0 })
})

test('a connection that takes the place of a dead one is none that works before anything has come over it', () => {
  follow(10, well)
  follow(3, { isSignalingLost: true })
  bytes = 0
  answers = 0
  follow(1, { isSignalingLost: true })
  expect(flow?.isStalled).toBe(true)
  bytes = 1
  follow(0.5, { isSignalingLost: true })
  expect(flow?.isStalled).toBe(false)
})

test('a server that is gone, signaling and all, is noticed within two seconds and left to the client', () => {
  follow(10, well)
  const gone = follow(10, { isSignalingLost: true })
  expect(gone.stalledAfterMs).toBe(1_500)
  expect(gone.restarts).toBe(0)
})

test.each([
  ['nothing comes any more', {}],
  ['nothing that is sent arrives any more, though media still comes', { bytes: true }],
])('where %s another path is sought soon, and not again at once', (_what, comes) => {
  follow(10, well)
  const cut = follow(9, comes)
  expect(cut.stalledAfterMs).toBeGreaterThanOrEqual(1_500)
  expect(cut.stalledAfterMs).toBeLessThanOrEqual(5_000)
  expect(cut.restarts).toBe(1)
  expect(follow(10, comes).restarts).toBe(1)
})

test('whoever is back is no longer stalled, and a page that slept is not called stalled by the clock alone', () => {
  follow(10, well)
  follow(6, {})
  expect(flow?.isStalled).toBe(true)
  follow(3, well)
  expect(flow?.isStalled).toBe(false)
  nowMs += 600_000
  expect(followSfuFlow(flow, { bytes, answers }, nowMs, false).flow.isStalled).toBe(false)
})
