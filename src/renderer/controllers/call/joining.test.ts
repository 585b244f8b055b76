import { expect, test } from 'vitest'
import { answer, candidate, createCallScene, offer } from '../../../../test/support/callScene.ts'
import { createParticipant } from '../../../../test/support/people.ts'

test('Ben calls Ada, who was there before him, while the channel is still being joined', async () => {
  const scene = createCallScene()
  await scene.join()
  expect(scene.snapshot()).toMatchObject({ kind: 'live', signaling: 'connecting' })
  expect(scene.peers.to('Ada').options).toMatchObject({ role: 'caller', generation: 0, iceServers: [] })
  scene.peers.to('Ada').handlers.handleSignals([offer])
  scene.peers.to('Ada').handlers.handleSignals([candidate])
  expect(scene.sentTo('Ada')).toEqual([])
  scene.channel.handlers().handleStatus('joined')
  expect(scene.sentTo('Ada')).toEqual(['0:offer', '0:candidate'])
  expect(scene.channel.sentSignals).toHaveLength(1)
})

test('Chloe, who comes after Ben, is waited for', async () => {
  const scene = createCallScene([])
  await scene.join()
  scene.channel.handlers().handleStatus('joined')
  scene.channel.handlers().handleParticipantJoined(createParticipant('Chloe'))
  expect(scene.person('Chloe')?.link).toBe('waiting')
  scene.receive('Chloe', 0, offer, candidate)
  const peer = scene.peers.to('Chloe')
  expect(peer.options.role).toBe('callee')
  expect(peer.received).toEqual([offer, candidate])
  peer.handlers.handleSignals([answer])
  expect(scene.sentTo('Chloe')).toEqual(['0:answer'])
  peer.handlers.handleConnected()
  expect(scene.person('Chloe')?.link).toBe('connected')
})

test('an offer from somebody unknown is kept until the list tells who it is', async () => {
  const scene = createCallScene([])
  await scene.join()
  scene.channel.handlers().handleStatus('joined')
  scene.rooms.people = [...scene.rooms.people, createParticipant('Chloe')]
  scene.channel.handlers().handleMediaState({
    connectionId: 'Chloe',
    mediaState: { isMuted: false, isVideoOff: false, isScreensharing: false },
  })
  scene.receive('Chloe', 0, offer)
  await scene.clock.advanceAsync(0)
  expect(scene.peers.to('Chloe').received).toEqual([offer])
  expect(scene.person('Chloe')?.mediaState.isVideoOff).toBe(false)
})

test('an offer that Ada was not there to hear is said again when she listens', async () => {
  const scene = createCallScene()
  await scene.join()
  scene.channel.handlers().handleStatus('joined')
  scene.listen('Ben')
  scene.peers.to('Ada').handlers.handleSignals([offer])
  scene.listen('Ben', 'Ada')
  expect(scene.sentTo('Ada')).toEqual(['0:offer', '0:offer'])
  expect(scene.peers.opened).toHaveLength(1)
})

test('an offer without an answer is said again after a while, and an answer ends that', async () => {
  const scene = createCallScene()
  await scene.join()
  scene.channel.handlers().handleStatus('joined')
  scene.listen('Ben', 'Ada')
  scene.peers.to('Ada').handlers.handleSignals([offer])
  scene.clock.advance(500)
  expect(scene.sentTo('Ada')).toEqual(['0:offer', '0:offer'])
  scene.receive('Ada', 0, answer)
  scene.peers.to('Ada').handlers.handleConnected()
  scene.clock.advance(20_000)
  expect(scene.sentTo('Ada')).toHaveLength(2)
})

test('an offer that comes again is not applied again; the answer is said again', async () => {
  const scene = createCallScene([])
  await scene.join()
  scene.channel.handlers().handleStatus('joined')
  scene.channel.handlers().handleParticipantJoined(createParticipant('Chloe'))
  scene.receive('Chloe', 0, offer)
  scene.peers.to('Chloe').handlers.handleSignals([answer])
  scene.receive('Chloe', 0, offer, candidate)
  expect(scene.peers.to('Chloe').received).toEqual([offer, candidate])
  expect(scene.sentTo('Chloe')).toEqual(['0:answer', '0:answer'])
})

test('who is a caller takes no offer, who is called takes no answer, and nobody is made to renegotiate', async () => {
  const scene = createCallScene()
  await scene.join()
  scene.channel.handlers().handleStatus('joined')
  scene.receive('Ada', 0, offer, { type: 'transceiverRequest', transceiverRequest: { kind: 'video' } })
  expect(scene.peers.to('Ada').received).toEqual([])
  scene.channel.handlers().handleParticipantJoined(createParticipant('Chloe'))
  scene.receive('Chloe', 0, answer)
  expect(scene.peers.to('Chloe').received).toEqual([])
})

test('a refusal is told, and dismissed', async () => {
  const scene = createCallScene()
  scene.rooms.joinFailure = { kind: 'room_full', message: 'This room is full.', retryAfterMs: null }
  await scene.join()
  expect(scene.snapshot()).toMatchObject({ kind: 'refused', failure: { kind: 'room_full' } })
  scene.call.dismiss()
  expect(scene.snapshot()).toEqual({ kind: 'idle' })
})

test('leaving before the answer came leaves afterwards, and nothing stays open', async () => {
  const scene = createCallScene()
  const joining = scene.join()
  await scene.call.leave()
  await joining
  expect(scene.rooms.calls[0]).toBe('join Ben')
  expect(scene.rooms.calls).toContain('leave Ben')
  expect(scene.channel.isOpen()).toBe(false)
  expect(scene.peers.opened).toEqual([])
})

test('leaving closes everything, and what comes late is not heard', async () => {
  const scene = createCallScene()
  await scene.meet()
  const handlers = scene.channel.handlers()
  await scene.call.leave()
  expect(scene.snapshot()).toMatchObject({ kind: 'ended', reason: 'left', roomName: 'Library' })
  expect(scene.peers.opened.every((peer) => !peer.isOpen)).toBe(true)
  expect(scene.channel.isOpen()).toBe(false)
  expect(scene.clock.pendingCount()).toBe(0)
  expect(scene.isMediaReleased()).toBe(true)
  handlers.handleParticipantJoined(createParticipant('Chloe'))
  expect(scene.snapshot().kind).toBe('ended')
})
