import { expect, test } from 'vitest'
import { answer, type CallScene, createCallScene, offer } from '../../../../test/support/callScene.ts'
import { createParticipant } from '../../../../test/support/people.ts'
import { HEARTBEAT_INTERVAL_MS } from '../../../shared/limits.ts'
import type { Participant } from '../../../shared/domain/participant.ts'

const seenAndHeard = { isMuted: false, isVideoOff: false, isScreensharing: false }
const ada = createParticipant('Ada', { mediaState: seenAndHeard })
const chloe = createParticipant('Chloe', { mediaState: seenAndHeard })
const dan = createParticipant('Dan', { mediaState: seenAndHeard })

/** Ben and those people in a mesh, everybody seen and heard. */
async function meet(...others: readonly Participant[]): Promise<CallScene> {
  const scene = createCallScene(others)
  await scene.meet()
  for (const { connectionId } of others) {
    if (connectionId === 'Ada') continue
    // They came after Ben, and call him.
    scene.receive(connectionId, 0, offer)
    scene.peers.to(connectionId).handlers.handleConnected()
  }
  return scene
}

function moveTo(scene: CallScene, topology: 'mesh' | 'sfu', epoch: number): void {
  scene.rooms.roomTopology = { topology, epoch }
  scene.channel.handlers().handleTopologyChanged({ topology, epoch })
}

/** The media server has let Ben in, and these are there. */
async function enterSfu(scene: CallScene, ...others: readonly string[]): Promise<void> {
  await scene.clock.advanceAsync(0)
  scene.sfu.session().handlers.handleConnected()
  scene.sfu.session().handlers.handlePeople(others)
}

function acknowledge(scene: CallScene, connectionId: string, epoch: number): void {
  scene.channel.handlers().handleMediaPath({ connectionId, epoch, received: ['Ben'] })
}

/** Everybody is on the media server alone. */
async function meetOnSfu(...others: readonly Participant[]): Promise<CallScene> {
  const scene = await meet(...others)
  const names = others.map((other) => other.connectionId)
  moveTo(scene, 'sfu', 1)
  await enterSfu(scene, ...names)
  for (const name of names) {
    scene.routes.arrive(name, 'sfu', 'microphone', 'camera')
    acknowledge(scene, name, 1)
  }
  return scene
}

test('each person is seen directly until all of theirs has come over the media server, one after the other', async () => {
  const scene = await meet(ada, chloe)
  moveTo(scene, 'sfu', 1)
  await enterSfu(scene, 'Ada', 'Chloe')
  expect(scene.snapshot()).toMatchObject({ mediaServer: 'connected' })
  scene.routes.arrive('Ada', 'sfu', 'microphone')
  expect(scene.person('Ada')).toMatchObject({ path: 'mesh', link: 'connected' })
  scene.routes.arrive('Ada', 'sfu', 'camera')
  expect(scene.person('Ada')).toMatchObject({ path: 'sfu', link: 'connected' })
  expect(scene.person('Chloe')).toMatchObject({ path: 'mesh', link: 'connected' })
  expect([...scene.routes.shown]).toEqual([
    ['Ada', 'sfu'],
    ['Chloe', 'mesh'],
  ])
})

test('what is sent may be received by those in the room alone, also after somebody comes or goes', async () => {
  const scene = await meet(ada, chloe)
  moveTo(scene, 'sfu', 1)
  await enterSfu(scene, 'Ada', 'Chloe')
  expect(scene.sfu.session().receivers).toEqual(['Ada', 'Chloe'])
  scene.channel.handlers().handleParticipantJoined(dan)
  expect(scene.sfu.session().receivers).toEqual(['Ada', 'Chloe', 'Dan'])
  scene.channel
    .handlers()
    .handleParticipantLeft({ connectionId: 'Chloe', userId: chloe.userId, reason: 'removed' })
  expect(scene.sfu.session().receivers).toEqual(['Ada', 'Dan'])
  // Still on the server by an old token, which makes no difference.
  scene.sfu.session().handlers.handlePeople(['Ada', 'Chloe', 'Dan'])
  expect(scene.sfu.session().receivers).toEqual(['Ada', 'Dan'])
})

test('a direct connection is closed when both sides have come over, and not before', async () => {
  const scene = await meet(ada)
  moveTo(scene, 'sfu', 1)
  await enterSfu(scene, 'Ada')
  acknowledge(scene, 'Ada', 1)
  expect(scene.peers.to('Ada').isOpen).toBe(true)
  scene.routes.arrive('Ada', 'sfu', 'microphone', 'camera')
  expect(scene.peers.opened.every((peer) => !peer.isOpen)).toBe(true)
  expect(scene.channel.sentMediaPaths).toEqual([{ connectionId: 'Ben', epoch: 1, received: ['Ada'] }])
  await scene.clock.advanceAsync(1_000)
  // The heartbeat, and the next reading of relays.
  expect(scene.clock.pendingCount()).toBe(2)
})

test('what somebody says of a later move, which has not been heard of here, is not about this one', async () => {
  const scene = await meet(ada)
  moveTo(scene, 'sfu', 1)
  await enterSfu(scene, 'Ada')
  scene.routes.arrive('Ada', 'sfu', 'microphone', 'camera')
  acknowledge(scene, 'Ada', 2)
  expect(scene.peers.to('Ada').isOpen).toBe(true)
})

test('what was said over a connection to the media server that is lost does not hold of the next one', async () => {
  const scene = await meet(ada, chloe)
  moveTo(scene, 'sfu', 1)
  await enterSfu(scene, 'Ada', 'Chloe')
  acknowledge(scene, 'Ada', 1)
  // Ada is gone from the server, and comes again.
  scene.sfu.session().handlers.handlePeople(['Chloe'])
  scene.sfu.session().handlers.handlePeople(['Ada', 'Chloe'])
  scene.routes.arrive('Ada', 'sfu', 'microphone', 'camera')
  expect(scene.peers.to('Ada').isOpen).toBe(true)
  acknowledge(scene, 'Ada', 1)
  expect(() => scene.peers.to('Ada')).toThrow('no open peer')
})

test('somebody who says nothing is waited for, but not for ever', async () => {
  const scene = await meet(ada)
  moveTo(scene, 'sfu', 1)
  await enterSfu(scene, 'Ada')
  scene.routes.arrive('Ada', 'sfu', 'microphone', 'camera')
  await scene.clock.advanceAsync(9_000)
  expect(scene.peers.to('Ada').isOpen).toBe(true)
  await scene.clock.advanceAsync(1_000)
  expect(scene.peers.opened.every((peer) => !peer.isOpen)).toBe(true)
  expect(scene.person('Ada')).toMatchObject({ path: 'sfu', link: 'connected' })
})

test('whoever does not come to the media server keeps the direct connection, however long it takes', async () => {
  const scene = await meet(ada, chloe)
  moveTo(scene, 'sfu', 1)
  await enterSfu(scene, 'Chloe')
  scene.routes.arrive('Chloe', 'sfu', 'microphone', 'camera')
  acknowledge(scene, 'Chloe', 1)
  await scene.clock.advanceAsync(25_000)
  scene.listen('Ben', 'Ada', 'Chloe')
  await scene.clock.advanceAsync(25_000)
  expect(scene.person('Ada')).toMatchObject({ path: 'mesh', link: 'connected' })
  expect(scene.peers.to('Ada').isOpen).toBe(true)
})

test('who sends nothing has nothing to wait for, and a shared screen is waited for', async () => {
  const quiet = createParticipant('Ada')
  const sharing = createParticipant('Chloe', { mediaState: { ...quiet.mediaState, isScreensharing: true } })
  const scene = await meet(quiet, sharing)
  moveTo(scene, 'sfu', 1)
  await enterSfu(scene, 'Ada', 'Chloe')
  expect(scene.person('Ada')?.path).toBe('sfu')
  expect(scene.person('Chloe')?.path).toBe('mesh')
  scene.routes.arrive('Chloe', 'sfu', 'screen')
  expect(scene.person('Chloe')?.path).toBe('sfu')
})

test('a room goes back to direct connections the same way, and the media server is left last', async () => {
  const scene = await meetOnSfu(ada, chloe)
  const session = scene.sfu.session()
  moveTo(scene, 'mesh', 2)
  // Ben came after Ada and calls her; Chloe calls him.
  expect(scene.peers.to('Ada').options).toMatchObject({ role: 'caller', generation: 1 })
  scene.peers.to('Ada').handlers.handleSignals([offer])
  scene.receive('Ada', 1, answer)
  scene.peers.to('Ada').handlers.handleConnected()
  expect(scene.person('Ada')?.path).toBe('sfu')
  scene.routes.arrive('Ada', 'mesh', 'microphone', 'camera')
  expect(scene.person('Ada')?.path).toBe('mesh')
  acknowledge(scene, 'Ada', 2)
  expect(session.isOpen).toBe(true)
  scene.receive('Chloe', 1, offer)
  scene.peers.to('Chloe').handlers.handleConnected()
  scene.routes.arrive('Chloe', 'mesh', 'microphone', 'camera')
  expect(session.isOpen).toBe(true)
  acknowledge(scene, 'Chloe', 2)
  expect(session.isOpen).toBe(false)
  expect(scene.snapshot()).toMatchObject({ mediaServer: 'notNeeded' })
})

test('a switch that is overtaken ends cleanly: the direct connections are still there', async () => {
  const scene = await meet(ada)
  moveTo(scene, 'sfu', 1)
  await scene.clock.advanceAsync(0)
  const session = scene.sfu.session()
  moveTo(scene, 'mesh', 2)
  expect(session.isOpen).toBe(false)
  session.handlers.handleConnected()
  session.handlers.handleGone('unreachable')
  await scene.clock.advanceAsync(60_000)
  expect(scene.sfu.opened).toHaveLength(1)
  expect(scene.peers.opened).toHaveLength(1)
  expect(scene.person('Ada')).toMatchObject({ path: 'mesh', link: 'connected' })
})

test('what is stale is ignored, in whatever order it comes', async () => {
  const scene = await meet(ada)
  moveTo(scene, 'mesh', 4)
  scene.channel.handlers().handleTopologyChanged({ topology: 'sfu', epoch: 3 })
  scene.channel.handlers().handleTopologyChanged({ topology: 'sfu', epoch: 4 })
  await scene.clock.advanceAsync(0)
  expect(scene.sfu.opened).toHaveLength(0)
  acknowledge(scene, 'Ada', 3)
  moveTo(scene, 'sfu', 5)
  await enterSfu(scene, 'Ada')
  scene.routes.arrive('Ada', 'sfu', 'microphone', 'camera')
  // What Ada said was about an earlier one.
  expect(scene.peers.to('Ada').isOpen).toBe(true)
})

test('a newcomer to a room on the media server uses the token of the answer and calls nobody', async () => {
  const scene = createCallScene([ada, chloe, dan])
  scene.rooms.joinChanges = { topology: 'sfu', epoch: 1, sfu: { url: 'wss://media.test', token: 'first' } }
  await scene.join()
  expect(scene.sfu.session().options).toMatchObject({
    url: 'wss://media.test',
    token: 'first',
    iceServers: [],
  })
  expect(scene.rooms.calls.filter((call) => call.startsWith('token'))).toEqual([])
  expect(scene.peers.opened).toHaveLength(0)
  expect(scene.person('Ada')).toMatchObject({ path: 'sfu', link: 'connecting' })
  await enterSfu(scene, 'Ada')
  expect(scene.person('Ada')).toMatchObject({ link: 'connected' })
  expect(scene.person('Chloe')).toMatchObject({ link: 'waiting' })
})

test('a media server that is away is tried again and again with new tokens, and the mesh carries meanwhile', async () => {
  const scene = await meet(ada)
  moveTo(scene, 'sfu', 1)
  await scene.clock.advanceAsync(0)
  for (let tries = 1; tries <= 3; tries += 1) {
    scene.sfu.session().handlers.handleGone('unreachable')
    expect(scene.snapshot()).toMatchObject({ mediaServer: 'unreachable' })
    await scene.clock.advanceAsync(15_000)
    scene.listen('Ben', 'Ada')
  }
  expect(scene.sfu.opened.map((session) => session.options.token)).toEqual([
    'token 1',
    'token 2',
    'token 3',
    'token 4',
  ])
  expect(scene.person('Ada')).toMatchObject({ path: 'mesh', link: 'connected' })
  await enterSfu(scene, 'Ada')
  scene.routes.arrive('Ada', 'sfu', 'microphone', 'camera')
  expect(scene.person('Ada')).toMatchObject({ path: 'sfu', link: 'connected' })
})

test('a media server that goes away in the middle of a switch gives people back to the mesh', async () => {
  const scene = await meet(ada)
  moveTo(scene, 'sfu', 1)
  await enterSfu(scene, 'Ada')
  scene.routes.arrive('Ada', 'sfu', 'microphone', 'camera')
  expect(scene.person('Ada')?.path).toBe('sfu')
  scene.sfu.session().handlers.handleGone('unreachable')
  expect(scene.person('Ada')).toMatchObject({ path: 'mesh', link: 'connected' })
})

test('where no token is to be had the topology is asked for: the room may have moved on', async () => {
  const scene = await meet(ada)
  scene.rooms.tokenFailure = { kind: 'sfu_unavailable', message: '', retryAfterMs: null }
  scene.rooms.roomTopology = { topology: 'mesh', epoch: 2 }
  scene.channel.handlers().handleTopologyChanged({ topology: 'sfu', epoch: 1 })
  await scene.clock.advanceAsync(60_000)
  expect(scene.snapshot()).toMatchObject({ mediaServer: 'notNeeded' })
  expect(scene.sfu.opened).toHaveLength(0)
})

test('who has not agreed to a recording is told so, and is let in at once when they have', async () => {
  const scene = await meet(ada)
  scene.rooms.tokenFailure = { kind: 'recording_needs_consent', message: '', retryAfterMs: null }
  moveTo(scene, 'sfu', 1)
  await scene.clock.advanceAsync(0)
  expect(scene.snapshot()).toMatchObject({ mediaServer: 'needsConsent' })
  scene.rooms.tokenFailure = null
  scene.call.retry()
  await scene.clock.advanceAsync(0)
  scene.sfu.session().handlers.handleConnected()
  expect(scene.snapshot()).toMatchObject({ mediaServer: 'connected' })
  // The time that was waited for brings no second one.
  await scene.clock.advanceAsync(60_000)
  expect(scene.sfu.opened).toHaveLength(1)
})

test('who is put out on the media server and was removed from the room is told so, and does not come back', async () => {
  const scene = await meetOnSfu(ada)
  const session = scene.sfu.session()
  scene.rooms.heartbeatOutcome = 'removed'
  session.handlers.handleGone('putOut')
  await scene.clock.advanceAsync(60_000)
  expect(scene.snapshot()).toMatchObject({ kind: 'ended', reason: 'removed' })
  expect(scene.sfu.opened).toHaveLength(1)
  expect(scene.routes.shown.size).toBe(0)
})

test('who is put out but counted in comes back with a new token', async () => {
  const scene = await meetOnSfu(ada)
  scene.sfu.session().handlers.handleGone('putOut')
  expect(scene.person('Ada')).toMatchObject({ link: 'reconnecting' })
  await scene.clock.advanceAsync(1_000)
  expect(scene.sfu.opened).toHaveLength(2)
  expect(scene.sfu.session().options.token).toBe('token 2')
})

test('two people who cannot reach each other take the room to the media server', async () => {
  const scene = await meet(ada)
  scene.rooms.roomTopology = { topology: 'sfu', epoch: 1 }
  for (let tries = 0; tries < 2; tries += 1) {
    scene.peers.to('Ada').handlers.handleGone('failed')
    await scene.clock.advanceAsync(3_000)
  }
  expect(scene.rooms.calls).toContain('mesh failure')
  expect(scene.snapshot()).toMatchObject({ mediaServer: 'connecting' })
})

test('one who does not listen is no reason for that', async () => {
  const scene = await meet(ada)
  scene.listen('Ben')
  for (let tries = 0; tries < 2; tries += 1) {
    scene.peers.opened.at(-1)?.handlers.handleGone('failed')
    await scene.clock.advanceAsync(1_000)
  }
  expect(scene.rooms.calls).not.toContain('mesh failure')
})

test('news that an outage has swallowed is read afterwards, and what was said is said again', async () => {
  const scene = await meet(ada)
  moveTo(scene, 'sfu', 1)
  await enterSfu(scene, 'Ada')
  scene.routes.arrive('Ada', 'sfu', 'microphone', 'camera')
  scene.channel.handlers().handleStatus('reconnecting')
  scene.rooms.roomTopology = { topology: 'sfu', epoch: 1 }
  scene.channel.handlers().handleStatus('joined')
  expect(scene.channel.sentMediaPaths).toHaveLength(2)
  scene.rooms.roomTopology = { topology: 'mesh', epoch: 2 }
  scene.channel.handlers().handleStatus('reconnecting')
  scene.channel.handlers().handleStatus('joined')
  await scene.clock.advanceAsync(0)
  expect(scene.snapshot()).toMatchObject({ mediaServer: 'notNeeded' })
})

test('media that comes over the media server keeps somebody who is missing in presence', async () => {
  const scene = await meetOnSfu(ada)
  scene.listen('Ben')
  await scene.clock.advanceAsync(HEARTBEAT_INTERVAL_MS)
  expect(scene.person('Ada')).toMatchObject({ link: 'connected' })
  scene.sfu.session().handlers.handlePeople([])
  await scene.clock.advanceAsync(5_000)
  expect(scene.person('Ada')).toBeUndefined()
})

test('code for the media server is fetched while a mesh is full, and not before', async () => {
  const scene = createCallScene([ada, chloe])
  await scene.meet()
  expect(scene.sfu.isWarm).toBe(false)
  scene.channel.handlers().handleRoomChanged({ ...liveRoom(scene), maxParticipants: 50 })
  scene.channel.handlers().handleParticipantJoined(dan)
  expect(scene.sfu.isWarm).toBe(true)
})

function liveRoom(scene: CallScene) {
  const snapshot = scene.snapshot()
  if (snapshot.kind !== 'live') throw new Error('not in a call')
  return snapshot.room
}

test('leaving ends the session, and nothing is left that waits', async () => {
  const scene = await meetOnSfu(ada)
  const session = scene.sfu.session()
  await scene.call.leave()
  expect(session.isOpen).toBe(false)
  expect(scene.routes.shown.size).toBe(0)
  expect(scene.clock.pendingCount()).toBe(0)
})

test('a room that has moved while one came in, before one could hear of it, is followed', async () => {
  const scene = createCallScene([ada])
  await scene.call.join('library', {})
  scene.rooms.roomTopology = { topology: 'sfu', epoch: 1 }
  scene.channel.handlers().handleStatus('joined')
  await enterSfu(scene, 'Ada')
  expect(scene.snapshot()).toMatchObject({ mediaServer: 'connected' })
})
