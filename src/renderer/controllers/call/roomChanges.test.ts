import { expect, test } from 'vitest'
import { answer, candidate, createCallScene, offer } from '../../../../test/support/callScene.ts'
import { createJoinResponse, createParticipant } from '../../../../test/support/people.ts'
import { HEARTBEAT_INTERVAL_MS } from '../../../shared/limits.ts'

const { room } = createJoinResponse([])
const withoutVideo = { ...room, settings: { ...room.settings, allowVideo: false } }

test('those who remain move to the new topic: no peer closes, nobody is gone, nothing looks wrong', async () => {
  const scene = createCallScene([createParticipant('Ada'), createParticipant('Chloe')])
  await scene.meet()
  scene.channel
    .handlers()
    .handleParticipantLeft({ userId: 'user-Chloe', connectionId: 'Chloe', reason: 'removed' })
  scene.channel.handlers().handleChannelMoved('room:library:1')
  scene.channel.handlers().handleStatus('connecting')
  expect(scene.channel.topics).toEqual(['room:library', 'room:library:1'])
  expect(scene.snapshot()).toMatchObject({ kind: 'live', signaling: 'joined' })
  expect(scene.person('Ada')?.link).toBe('connected')
  await scene.clock.advanceAsync(5_000)
  scene.channel.handlers().handleStatus('joined')
  // Ada is a little slower.
  scene.listen('Ben')
  await scene.clock.advanceAsync(5_000)
  scene.listen('Ben', 'Ada')
  await scene.clock.advanceAsync(60_000)
  expect(scene.person('Ada')?.link).toBe('connected')
  expect(scene.peers.to('Ada').isOpen).toBe(true)
  expect(scene.peers.opened).toHaveLength(1)
})

test('signals of the time between the topics go out on the new one', async () => {
  const scene = createCallScene()
  await scene.join()
  scene.channel.handlers().handleStatus('joined')
  scene.channel.handlers().handleChannelMoved('room:library:1')
  scene.peers.to('Ada').handlers.handleSignals([offer, candidate])
  expect(scene.sentTo('Ada')).toEqual([])
  scene.channel.handlers().handleStatus('joined')
  expect(scene.sentTo('Ada')).toEqual(['0:offer', '0:candidate'])
  scene.receive('Ada', 0, answer)
  scene.peers.to('Ada').handlers.handleConnected()
  expect(scene.person('Ada')?.link).toBe('connected')
})

test('a path that breaks during the move is mended on the new topic', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.channel.handlers().handleChannelMoved('room:library:1')
  scene.peers.to('Ada').handlers.handleInterrupted()
  scene.channel.handlers().handleStatus('joined')
  scene.listen('Ben', 'Ada')
  await scene.clock.advanceAsync(6_000)
  expect(scene.peers.to('Ada').restarts).toBeGreaterThan(0)
})

test.each([
  'room:library',
  'room:attic:5',
  'room:library:0',
  'room:library:2:3',
  'room:library:x',
  'rooms:lobby',
])('a move to %j is not followed', async (topic) => {
  const scene = createCallScene()
  await scene.meet()
  scene.channel.handlers().handleChannelMoved(topic)
  expect(scene.channel.topics).toEqual(['room:library'])
})

test('who missed the move asks where the room is by now, and keeps every peer', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.rooms.joinChanges = { channel: 'room:library:2', epoch: 3 }
  scene.channel.handlers().handleStatus('reconnecting')
  scene.channel.handlers().handleStatus('refused')
  await scene.clock.advanceAsync(0)
  expect(scene.channel.topics).toEqual(['room:library', 'room:library:2'])
  scene.channel.handlers().handleStatus('joined')
  expect(scene.snapshot()).toMatchObject({ signaling: 'joined', self: { connectionId: 'Ben' } })
  expect(scene.peers.opened).toHaveLength(1)
  expect(scene.peers.to('Ada').isOpen).toBe(true)
  // An older topology than that of the answer is stale.
  scene.channel.handlers().handleTopologyChanged({ topology: 'sfu', epoch: 3 })
  expect(scene.snapshot()).toMatchObject({ mediaServer: 'notNeeded' })
})

test('who was removed and did not hear it is told by the heartbeat, and does not come back by itself', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.rooms.heartbeatOutcome = 'removed'
  await scene.clock.advanceAsync(HEARTBEAT_INTERVAL_MS)
  expect(scene.snapshot()).toMatchObject({ kind: 'ended', reason: 'removed' })
  await scene.clock.advanceAsync(120_000)
  expect(scene.rooms.calls.filter((call) => call.startsWith('join'))).toHaveLength(1)
})

test('a room that no longer lets us in is not tried again', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.rooms.heartbeatOutcome = 'gone'
  scene.rooms.joinFailure = { kind: 'room_unavailable', message: '', retryAfterMs: null }
  await scene.clock.advanceAsync(HEARTBEAT_INTERVAL_MS)
  expect(scene.snapshot()).toMatchObject({ kind: 'ended', reason: 'shutOut' })
  expect(scene.clock.pendingCount()).toBe(0)
})

test('the room is followed as it changes', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.channel.handlers().handleRoomChanged({ ...room, name: 'Attic', isLocked: true })
  expect(scene.snapshot()).toMatchObject({ room: { name: 'Attic', isLocked: true } })
  scene.channel.handlers().handleRoomChanged({ ...room, id: 'cellar', name: 'Cellar' })
  expect(scene.snapshot()).toMatchObject({ room: { name: 'Attic' } })
})

test('a room that is without video from now on closes the camera, and says so to nobody as open', async () => {
  const scene = createCallScene()
  await scene.meet()
  await scene.clock.advanceAsync(1_000)
  scene.media.setState({ camera: { kind: 'on', deviceId: '1', label: 'Desk' } })
  scene.channel.handlers().handleRoomChanged(withoutVideo)
  expect(scene.wishes).toEqual(['camera off'])
  await scene.call.setCameraOn(true)
  expect(scene.wishes).toEqual(['camera off', 'camera off'])
  scene.media.setState({ microphone: { kind: 'on', deviceId: '1', label: 'Desk' }, isMuted: false })
  await scene.clock.advanceAsync(1_000)
  expect(scene.rooms.writtenMedia.at(-1)).toMatchObject({ isVideoOff: true })
})

test('who is muted by the creator is told until they open the microphone again', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.media.setState({ microphone: { kind: 'on', deviceId: '1', label: 'Desk' }, isMuted: false })
  scene.channel.handlers().handleMutedByCreator('Ada')
  expect(scene.wishes).toEqual([])
  scene.channel.handlers().handleMutedByCreator('Ben')
  expect(scene.wishes).toEqual(['muted'])
  scene.media.setState({ isMuted: true })
  expect(scene.snapshot()).toMatchObject({ isMutedByCreator: true })
  scene.media.setState({ isMuted: false })
  expect(scene.snapshot()).toMatchObject({ isMutedByCreator: false })
})

const shared = { kind: 'on', name: 'Notes', content: 'text', sound: 'none' } as const
const withoutScreens = { ...room, settings: { ...room.settings, allowScreenshare: false } }

test('others are told of a shared screen, and of its end', async () => {
  const scene = createCallScene()
  await scene.meet()
  await scene.clock.advanceAsync(1_000)
  scene.sharing.setState({ share: { kind: 'starting' } })
  expect(scene.channel.sentMediaStates.at(-1)?.mediaState.isScreensharing).toBe(false)
  scene.sharing.setState({ share: shared })
  expect(scene.channel.sentMediaStates.at(-1)?.mediaState.isScreensharing).toBe(true)
  await scene.clock.advanceAsync(1_000)
  expect(scene.rooms.writtenMedia.at(-1)).toMatchObject({ isScreensharing: true })
  scene.sharing.setState({ share: { kind: 'off' } })
  await scene.clock.advanceAsync(1_000)
  expect(scene.rooms.writtenMedia.at(-1)).toMatchObject({ isScreensharing: false })
})

test('a room that allows no screens from now on ends ours, and it is said of to nobody as shared', async () => {
  const scene = createCallScene()
  await scene.meet()
  await scene.clock.advanceAsync(1_000)
  scene.sharing.setState({ share: shared })
  await scene.clock.advanceAsync(1_000)
  scene.channel.handlers().handleRoomChanged(withoutScreens)
  expect(scene.sharing.getState().share).toEqual({ kind: 'failed', reason: 'barred' })
  await scene.clock.advanceAsync(1_000)
  expect(scene.rooms.writtenMedia.at(-1)).toMatchObject({ isScreensharing: false })
  // One that was still starting.
  scene.sharing.setState({ share: shared })
  expect(scene.sharing.getState().share).toEqual({ kind: 'failed', reason: 'barred' })
  await scene.clock.advanceAsync(1_000)
  expect(scene.rooms.writtenMedia.at(-1)).toMatchObject({ isScreensharing: false })
})

test('leaving ends what is shared', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.sharing.setState({ share: shared })
  await scene.call.leave()
  expect(scene.sharing.getState().share.kind).toBe('off')
})

test('hands are the database’s: told one by one, and read again with the people', async () => {
  const raisedAt = '2026-11-27T09:00:00.000001Z'
  const scene = createCallScene([createParticipant('Ada', { handRaisedAt: raisedAt })])
  await scene.meet()
  const handlers = () => scene.channel.handlers()
  const own = () => {
    const now = scene.snapshot()
    return now.kind === 'live' ? now.self.handRaisedAt : undefined
  }
  expect([scene.person('Ada')?.handRaisedAt, own()]).toEqual([raisedAt, null])
  handlers().handleNews({ kind: 'handChanged', userId: 'user-Ada', raisedAt: null })
  handlers().handleNews({ kind: 'handChanged', userId: 'user-Ben', raisedAt })
  expect([scene.person('Ada')?.handRaisedAt, own()]).toEqual([null, raisedAt])
  // Lowered while nothing could be heard.
  handlers().handleStatus('reconnecting')
  handlers().handleStatus('joined')
  await scene.clock.advanceAsync(1)
  expect([scene.person('Ada')?.handRaisedAt, own()]).toEqual([raisedAt, null])
})

test('a picture comes with its person, and another one when it is chosen', async () => {
  const scene = createCallScene([createParticipant('Ada', { avatar: 'cat-moss' })])
  await scene.meet()
  expect(scene.person('Ada')?.avatar).toBe('cat-moss')
  scene.channel.handlers().handleNews({ kind: 'avatarChanged', userId: 'user-Ada', avatar: null })
  expect(scene.person('Ada')?.avatar).toBeNull()
})

test('a reaction goes out under our own connection, and those of others are heard', async () => {
  const scene = createCallScene()
  scene.call.sendReaction('heart')
  await scene.meet()
  const heard: string[] = []
  scene.call.subscribeToNews((news) => heard.push(news.kind))
  scene.call.sendReaction('heart')
  scene.channel.handlers().handleNews({ kind: 'reactionReceived', connectionId: 'Ada', reaction: 'thumbsUp' })
  expect(scene.channel.sentReactions).toEqual([{ connectionId: 'Ben', reaction: 'heart' }])
  expect(heard).toEqual(['reactionReceived'])
})
