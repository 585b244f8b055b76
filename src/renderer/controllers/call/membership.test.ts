import { expect, test } from 'vitest'
import { HEARTBEAT_INTERVAL_MS } from '../../../shared/limits.ts'
import { createCallScene } from '../../../../test/support/callScene.ts'
import { createParticipant } from '../../../../test/support/people.ts'

const beats = (calls: readonly string[]): number =>
  calls.filter((call) => call.startsWith('heartbeat')).length

test('a heartbeat goes out every 30 s, and sooner after one that reached nobody', async () => {
  const scene = createCallScene()
  await scene.meet()
  await scene.clock.advanceAsync(HEARTBEAT_INTERVAL_MS * 2)
  expect(beats(scene.rooms.calls)).toBe(2)
  scene.rooms.heartbeatOutcome = 'unreachable'
  await scene.clock.advanceAsync(HEARTBEAT_INTERVAL_MS + 10_000)
  expect(beats(scene.rooms.calls)).toBe(5)
  expect(scene.person('Ada')?.link).toBe('connected')
})

test('who joins from elsewhere is told so, and does not fight back', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.channel
    .handlers()
    .handleParticipantLeft({ userId: 'user-Ben', connectionId: 'Ben', reason: 'replaced' })
  expect(scene.snapshot()).toMatchObject({ kind: 'ended', reason: 'replaced' })
  await scene.clock.advanceAsync(120_000)
  expect(scene.rooms.calls.filter((call) => call.startsWith('join'))).toHaveLength(1)
  expect(scene.rooms.calls.filter((call) => call.startsWith('leave'))).toEqual([])
})

test.each([
  ['removed', 'removed'],
  ['closed', 'roomClosed'],
] as const)('a stay that was %s ends as %s', async (reason, end) => {
  const scene = createCallScene()
  await scene.meet()
  scene.channel.handlers().handleParticipantLeft({ userId: 'user-Ben', connectionId: 'Ben', reason })
  expect(scene.snapshot()).toMatchObject({ kind: 'ended', reason: end })
})

test('the news of being replaced comes by heartbeat as well', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.rooms.heartbeatOutcome = 'replaced'
  await scene.clock.advanceAsync(HEARTBEAT_INTERVAL_MS)
  expect(scene.snapshot()).toMatchObject({ kind: 'ended', reason: 'replaced' })
})

test('a stay that expired is begun again under another connection', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.rooms.people = [createParticipant('Ada')]
  scene.channel
    .handlers()
    .handleParticipantLeft({ userId: 'user-Ben', connectionId: 'Ben', reason: 'expired' })
  expect(scene.snapshot()).toMatchObject({ kind: 'live', signaling: 'reconnecting' })
  await scene.clock.advanceAsync(0)
  expect(scene.snapshot()).toMatchObject({ kind: 'live', self: { connectionId: 'Ben 2' } })
  expect(scene.peers.to('Ada').options.generation).toBe(0)
  expect(scene.peers.opened.filter((peer) => peer.isOpen)).toHaveLength(1)
  expect(scene.isMediaReleased()).toBe(false)
})

test('a place that cannot be had back at once is tried for again, and given up at last', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.rooms.heartbeatOutcome = 'gone'
  scene.rooms.joinFailure = { kind: 'unreachable', message: 'No answer', retryAfterMs: null }
  await scene.clock.advanceAsync(HEARTBEAT_INTERVAL_MS + 1_000)
  expect(scene.snapshot()).toMatchObject({ kind: 'live', signaling: 'reconnecting' })
  await scene.clock.advanceAsync(60_000)
  expect(scene.snapshot()).toMatchObject({ kind: 'ended', reason: 'lost' })
  expect(scene.clock.pendingCount()).toBe(0)
})

test('a room that closed meanwhile is not joined again', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.rooms.heartbeatOutcome = 'gone'
  scene.rooms.joinFailure = { kind: 'room_closed', message: 'The room is closed.', retryAfterMs: null }
  await scene.clock.advanceAsync(HEARTBEAT_INTERVAL_MS)
  expect(scene.snapshot()).toMatchObject({ kind: 'ended', reason: 'roomClosed' })
})

test('a channel that refuses again and again ends the call instead of going round', async () => {
  const scene = createCallScene()
  await scene.meet()
  for (const _ of [1, 2, 3, 4]) {
    if (!scene.channel.isOpen()) break
    scene.channel.handlers().handleStatus('refused')
    await scene.clock.advanceAsync(0)
  }
  expect(scene.snapshot()).toMatchObject({ kind: 'ended', reason: 'lost' })
})

test('changes of microphone and camera travel together: the first at once, the rest half a second later', async () => {
  const scene = createCallScene()
  await scene.meet()
  await scene.clock.advanceAsync(1_000)
  const sentBefore = scene.channel.sentMediaStates.length
  const on = { kind: 'on', deviceId: '1', label: 'Desk' } as const
  scene.media.setState({ microphone: on, isMuted: false })
  scene.media.setState({ isMuted: true })
  scene.media.setState({ camera: on })
  scene.media.setState({ isMuted: false })
  await scene.clock.advanceAsync(500)
  const sent = scene.channel.sentMediaStates.slice(sentBefore).map((message) => message.mediaState)
  expect(sent).toEqual([
    { isMuted: false, isVideoOff: true, isScreensharing: false },
    { isMuted: false, isVideoOff: false, isScreensharing: false },
  ])
  expect(scene.rooms.writtenMedia).toEqual(sent)
})

test('our state is said as soon as the channel is joined, also when nothing needs to be written', async () => {
  const scene = createCallScene()
  await scene.join()
  expect(scene.channel.sentMediaStates).toEqual([])
  scene.channel.handlers().handleStatus('joined')
  expect(scene.channel.sentMediaStates).toHaveLength(1)
  expect(scene.rooms.writtenMedia).toEqual([])
})
