import { expect, test } from 'vitest'
import { HEARTBEAT_INTERVAL_MS } from '../../../shared/limits.ts'
import { createCallScene } from '../../../../test/support/callScene.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'

const on = { kind: 'on', deviceId: '1', label: 'Desk' } as const

const limitedFor = (retryAfterMs: number | null): RoomsFailure => ({
  kind: 'rate_limited',
  message: 'Too often.',
  retryAfterMs,
})
const unreachable: RoomsFailure = { kind: 'unreachable', message: 'No answer', retryAfterMs: null }

const count = (calls: readonly string[], what: string): number =>
  calls.filter((call) => call.startsWith(what)).length

test('a heartbeat that came too often is sent again when it may be, and the call goes on', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.rooms.heartbeatFailure = limitedFor(21_000)
  await scene.clock.advanceAsync(HEARTBEAT_INTERVAL_MS)
  expect(count(scene.rooms.calls, 'heartbeat')).toBe(1)
  await scene.clock.advanceAsync(20_999)
  expect(count(scene.rooms.calls, 'heartbeat')).toBe(1)
  scene.rooms.heartbeatFailure = null
  await scene.clock.advanceAsync(1)
  expect(count(scene.rooms.calls, 'heartbeat')).toBe(2)
  await scene.clock.advanceAsync(HEARTBEAT_INTERVAL_MS)
  expect(count(scene.rooms.calls, 'heartbeat')).toBe(3)
  expect(scene.person('Ada')?.link).toBe('connected')
  expect(count(scene.rooms.calls, 'join')).toBe(1)
})

test('a heartbeat limited without a time waits for its usual one', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.rooms.heartbeatFailure = limitedFor(null)
  await scene.clock.advanceAsync(HEARTBEAT_INTERVAL_MS * 3)
  expect(count(scene.rooms.calls, 'heartbeat')).toBe(3)
})

test('what one sends is written once the wait is over, as it is by then, while others hear of it at once', async () => {
  const scene = createCallScene()
  await scene.meet()
  await scene.clock.advanceAsync(1_000)
  scene.rooms.mediaFailure = limitedFor(10_000)
  const sentBefore = scene.channel.sentMediaStates.length
  scene.media.setState({ microphone: on, isMuted: false })
  await scene.clock.advanceAsync(2_000)
  scene.media.setState({ isMuted: true })
  await scene.clock.advanceAsync(2_000)
  scene.media.setState({ camera: on })
  await scene.clock.advanceAsync(5_999)
  expect(scene.rooms.writtenMedia).toHaveLength(1)
  expect(scene.channel.sentMediaStates.slice(sentBefore)).toHaveLength(3)
  scene.rooms.mediaFailure = null
  await scene.clock.advanceAsync(1)
  expect(scene.rooms.writtenMedia.slice(1)).toEqual([
    { isMuted: true, isVideoOff: false, isScreensharing: false },
  ])
  await scene.clock.advanceAsync(HEARTBEAT_INTERVAL_MS)
  expect(scene.rooms.writtenMedia).toHaveLength(2)
})

test('a heartbeat that gets through does not end the wait of what is limited', async () => {
  const scene = createCallScene()
  await scene.meet()
  await scene.clock.advanceAsync(1_000)
  scene.rooms.mediaFailure = limitedFor(50_000)
  scene.media.setState({ microphone: on, isMuted: false })
  await scene.clock.advanceAsync(HEARTBEAT_INTERVAL_MS)
  expect(count(scene.rooms.calls, 'heartbeat')).toBe(1)
  expect(scene.rooms.writtenMedia).toHaveLength(1)
})

test('a write that failed is not repeated every half second: a change or a heartbeat brings it', async () => {
  const scene = createCallScene()
  await scene.meet()
  await scene.clock.advanceAsync(1_000)
  scene.rooms.mediaFailure = unreachable
  scene.media.setState({ microphone: on, isMuted: false })
  await scene.clock.advanceAsync(10_000)
  expect(scene.rooms.writtenMedia).toHaveLength(1)
  scene.media.setState({ isMuted: true })
  await scene.clock.advanceAsync(5_000)
  expect(scene.rooms.writtenMedia).toHaveLength(2)
  scene.rooms.mediaFailure = null
  await scene.clock.advanceAsync(HEARTBEAT_INTERVAL_MS)
  expect(scene.rooms.writtenMedia.slice(2)).toEqual([
    { isMuted: true, isVideoOff: true, isScreensharing: false },
  ])
})

test('a place that may not be asked for yet is waited for as long as it takes', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.rooms.heartbeatOutcome = 'gone'
  scene.rooms.joinFailure = limitedFor(30_000)
  await scene.clock.advanceAsync(HEARTBEAT_INTERVAL_MS + 20 * 30_000)
  expect(scene.snapshot()).toMatchObject({ kind: 'live', signaling: 'reconnecting' })
  expect(count(scene.rooms.calls, 'join')).toBe(22)
  // Somebody who presses "Try again" all the time does not lose their place by it.
  for (let presses = 0; presses < 20; presses += 1) {
    scene.call.retry()
    await scene.clock.advanceAsync(10)
  }
  expect(scene.snapshot()).toMatchObject({ kind: 'live', signaling: 'reconnecting' })
  scene.rooms.joinFailure = null
  scene.rooms.heartbeatOutcome = 'present'
  await scene.clock.advanceAsync(30_000)
  expect(scene.snapshot()).toMatchObject({ kind: 'live', self: { connectionId: 'Ben 2' } })
})

test('asking where the channel is too often leaves the call as it is', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.rooms.joinFailure = limitedFor(7_000)
  scene.channel.handlers().handleStatus('refused')
  await scene.clock.advanceAsync(0)
  expect(count(scene.rooms.calls, 'join')).toBe(2)
  expect(scene.person('Ada')?.link).toBe('connected')
  await scene.clock.advanceAsync(6_999)
  expect(count(scene.rooms.calls, 'join')).toBe(2)
  await scene.clock.advanceAsync(1)
  expect(count(scene.rooms.calls, 'join')).toBe(3)
  expect(scene.snapshot()).toMatchObject({ kind: 'live', self: { connectionId: 'Ben' } })
})
