import { expect, test } from 'vitest'
import { answer, candidate, createCallScene, offer } from '../../../../test/support/callScene.ts'
import { createParticipant } from '../../../../test/support/people.ts'

test('a channel that is away for 10 s takes nobody and no media away', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.channel.handlers().handleStatus('reconnecting')
  expect(scene.snapshot()).toMatchObject({ kind: 'live', signaling: 'reconnecting' })
  await scene.clock.advanceAsync(10_000)
  expect(scene.person('Ada')?.link).toBe('connected')
  scene.channel.handlers().handleStatus('joined')
  // Ada comes back a little later than Ben.
  scene.listen('Ben')
  await scene.clock.advanceAsync(5_000)
  scene.listen('Ben', 'Ada')
  await scene.clock.advanceAsync(60_000)
  expect(scene.person('Ada')?.link).toBe('connected')
  expect(scene.peers.opened).toHaveLength(1)
})

test('after an outage the list is read again: who left meanwhile is gone, who came is there', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.channel.handlers().handleStatus('reconnecting')
  scene.rooms.people = [createParticipant('Ben'), createParticipant('Chloe')]
  scene.channel.handlers().handleStatus('joined')
  scene.listen('Ben', 'Chloe')
  await scene.clock.advanceAsync(0)
  expect(scene.person('Ada')).toBeUndefined()
  expect(scene.person('Chloe')?.link).toBe('waiting')
})

test('a killed client is gone within 20 s', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.listen('Ben')
  await scene.clock.advanceAsync(8_000)
  scene.peers.to('Ada').handlers.handleInterrupted()
  expect(scene.person('Ada')?.link).toBe('reconnecting')
  await scene.clock.advanceAsync(12_000)
  expect(scene.person('Ada')).toBeUndefined()
  expect(scene.peers.opened.every((peer) => !peer.isOpen)).toBe(true)
  // The database does not know yet.
  scene.channel.handlers().handleStatus('reconnecting')
  scene.channel.handlers().handleStatus('joined')
  await scene.clock.advanceAsync(1_000)
  expect(scene.person('Ada')).toBeUndefined()
})

test('who is missing in presence stays as long as their media does, and goes soon after it', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.listen('Ben')
  await scene.clock.advanceAsync(60_000)
  expect(scene.person('Ada')?.link).toBe('connected')
  scene.peers.to('Ada').handlers.handleInterrupted()
  await scene.clock.advanceAsync(5_000)
  expect(scene.person('Ada')).toBeUndefined()
})

test('who was dropped and shows up again is called with a generation they have not had', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.listen('Ben')
  scene.peers.to('Ada').handlers.handleInterrupted()
  await scene.clock.advanceAsync(15_000)
  expect(scene.person('Ada')).toBeUndefined()
  scene.listen('Ben', 'Ada')
  await scene.clock.advanceAsync(0)
  expect(scene.peers.to('Ada').options.generation).toBe(1)
})

test('a path on which nothing arrives is sought anew at once, over the same peer', async () => {
  const scene = createCallScene()
  await scene.meet()
  const peer = scene.peers.to('Ada')
  peer.handlers.handleInterrupted()
  expect(scene.person('Ada')?.link).toBe('reconnecting')
  expect(peer.restarts).toBe(1)
  expect(scene.channel.checks).toBe(1)
  peer.handlers.handleSignals([offer])
  expect(scene.sentTo('Ada')).toEqual(['0:offer', '1:offer'])
  expect(scene.channel.sentSignals.at(-1)).toMatchObject({ generation: 1, peerGeneration: 0 })
  scene.receiveOf('Ada', 1, 0, answer)
  peer.handlers.handleConnected()
  expect(scene.person('Ada')?.link).toBe('connected')
  await scene.clock.advanceAsync(60_000)
  expect(scene.peers.opened).toHaveLength(1)
  expect(peer.restarts).toBe(1)
})

test('while nobody answers the peer is kept; who answers and stays silent gets a new one', async () => {
  const scene = createCallScene()
  await scene.meet()
  const peer = scene.peers.to('Ada')
  peer.handlers.handleInterrupted()
  await scene.clock.advanceAsync(12_000)
  expect(scene.peers.opened).toHaveLength(1)
  const restarts = peer.restarts
  expect(restarts).toBe(7)
  scene.receiveOf('Ada', restarts, 0, answer)
  await scene.clock.advanceAsync(3_000)
  expect(scene.peers.to('Ada').options.generation).toBe(restarts + 1)
  expect(peer.isOpen).toBe(false)
})

test('what cannot be mended for long is said, and tried on', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.peers.to('Ada').handlers.handleInterrupted()
  await scene.clock.advanceAsync(20_000)
  expect(scene.person('Ada')?.link).toBe('failed')
  scene.peers.to('Ada').handlers.handleConnected()
  expect(scene.person('Ada')?.link).toBe('connected')
})

test('a path that broke while the channel was away is sought anew as soon as it is joined', async () => {
  const scene = createCallScene()
  await scene.meet()
  const peer = scene.peers.to('Ada')
  scene.channel.handlers().handleStatus('reconnecting')
  peer.handlers.handleInterrupted()
  await scene.clock.advanceAsync(2_000)
  expect(peer.restarts).toBe(0)
  scene.channel.handlers().handleStatus('joined')
  expect(peer.restarts).toBe(1)
})

test('the called side lets the caller act, and then asks for another path of the peer it has', async () => {
  const scene = createCallScene([])
  await scene.join()
  scene.channel.handlers().handleStatus('joined')
  scene.channel.handlers().handleParticipantJoined(createParticipant('Chloe'))
  scene.listen('Ben', 'Chloe')
  scene.receive('Chloe', 0, offer)
  const peer = scene.peers.to('Chloe')
  peer.handlers.handleConnected()
  peer.handlers.handleInterrupted()
  expect(scene.sentTo('Chloe')).toEqual([])
  await scene.clock.advanceAsync(1_000)
  expect(scene.channel.sentSignals.at(-1)).toMatchObject({
    generation: 0,
    peerGeneration: 0,
    signals: [{ type: 'renegotiate' }],
  })
  scene.receiveOf('Chloe', 1, 0, offer)
  expect(peer.restarts).toBe(1)
  expect(peer.received).toEqual([offer, offer])
  peer.handlers.handleConnected()
  expect(scene.person('Chloe')?.link).toBe('connected')
  expect(scene.peers.opened).toHaveLength(1)
})

test('the called side asks for nothing while the caller seeks another path, and asks for another peer when that leads nowhere', async () => {
  const scene = createCallScene([])
  await scene.join()
  scene.channel.handlers().handleStatus('joined')
  scene.channel.handlers().handleParticipantJoined(createParticipant('Chloe'))
  scene.listen('Ben', 'Chloe')
  scene.receive('Chloe', 0, offer)
  const peer = scene.peers.to('Chloe')
  peer.handlers.handleConnected()
  peer.handlers.handleInterrupted()
  scene.receiveOf('Chloe', 1, 0, offer)
  await scene.clock.advanceAsync(2_000)
  expect(scene.sentTo('Chloe')).toEqual([])
  await scene.clock.advanceAsync(1_000)
  expect(scene.sentTo('Chloe')).toEqual(['1:renegotiate'])
  // Another path has led nowhere: another peer is asked for.
  expect(scene.channel.sentSignals.at(-1)).not.toHaveProperty('peerGeneration')
  expect(peer.isOpen).toBe(false)
  scene.receive('Chloe', 2, offer)
  expect(scene.peers.to('Chloe').options.generation).toBe(2)
})

test('another path of a peer that is gone here is answered by asking for a new peer', async () => {
  const scene = createCallScene([])
  await scene.join()
  scene.channel.handlers().handleStatus('joined')
  scene.channel.handlers().handleParticipantJoined(createParticipant('Chloe'))
  scene.listen('Ben', 'Chloe')
  scene.receive('Chloe', 0, offer)
  scene.peers.to('Chloe').handlers.handleConnected()
  scene.peers.to('Chloe').handlers.handleGone('failed')
  scene.receiveOf('Chloe', 1, 0, offer)
  expect(scene.peers.opened).toHaveLength(1)
  const [asked] = scene.channel.sentSignals
  expect(asked).toMatchObject({ generation: 1, signals: [{ type: 'renegotiate' }] })
  expect(asked?.peerGeneration).toBeUndefined()
  scene.receiveOf('Chloe', 2, 2, offer)
  expect(scene.peers.to('Chloe').options.generation).toBe(2)
})

test('a caller that is asked by somebody who has the peer seeks another path, by others it makes a new one', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.receiveOf('Ada', 0, 0, { type: 'renegotiate', renegotiate: true })
  expect(scene.peers.to('Ada').restarts).toBe(1)
  scene.receive('Ada', 1, { type: 'renegotiate', renegotiate: true })
  expect(scene.peers.to('Ada').options.generation).toBe(2)
})

test('somebody who missed the offer of another path, and asks for one, is told again at once', async () => {
  const scene = createCallScene()
  await scene.meet()
  const peer = scene.peers.to('Ada')
  peer.handlers.handleInterrupted()
  peer.handlers.handleSignals([offer, candidate])
  scene.receiveOf('Ada', 0, 0, { type: 'renegotiate', renegotiate: true })
  expect(scene.sentTo('Ada')).toEqual(['0:offer', '1:offer', '1:candidate', '1:offer', '1:candidate'])
  expect(peer.restarts).toBe(1)
  scene.receiveOf('Ada', 1, 0, answer)
  scene.receiveOf('Ada', 0, 0, { type: 'renegotiate', renegotiate: true })
  expect(scene.sentTo('Ada')).toHaveLength(5)
})

test('the network is back: the stay is asked after, the channel renewed, and what is broken tried at once', async () => {
  const scene = createCallScene()
  await scene.meet()
  const peer = scene.peers.to('Ada')
  peer.handlers.handleInterrupted()
  scene.call.retry()
  expect(peer.restarts).toBe(2)
  expect(scene.channel.reconnects).toBe(0)
  scene.channel.handlers().handleStatus('reconnecting')
  scene.call.retry()
  expect(scene.channel.reconnects).toBe(1)
  expect(scene.rooms.calls.filter((call) => call.startsWith('heartbeat'))).toHaveLength(2)
})

test('credentials of relays are renewed long before they run out, and paths sought anew with them', async () => {
  const scene = createCallScene()
  scene.rooms.servers = [{ urls: ['turn:relay'], username: '2', credential: 'two' }]
  await scene.meet()
  await scene.clock.advanceAsync(6 * 60 * 60 * 1_000)
  expect(scene.rooms.calls).toContain('iceServers')
  expect(scene.peers.to('Ada').restarts).toBe(1)
  expect(scene.person('Ada')?.link).toBe('connected')
})

test('a peer that fails is made again, ever more patiently, and the other side is told by the generation', async () => {
  const scene = createCallScene()
  await scene.meet()
  const madeAt: number[] = []
  for (const _ of [1, 2, 3, 4]) {
    const failed = scene.peers.opened.length
    scene.peers.to('Ada').handlers.handleGone('failed')
    while (scene.peers.opened.length === failed) await scene.clock.advanceAsync(50)
    madeAt.push(scene.clock.now())
  }
  const pauses = madeAt.map((time, index) => time - (madeAt[index - 1] ?? 0))
  expect(pauses).toEqual([250, 1_000, 2_000, 4_000])
  expect(scene.person('Ada')?.link).toBe('failed')
  expect(scene.peers.to('Ada').options.generation).toBe(4)
  scene.receive('Ada', 3, answer)
  expect(scene.peers.to('Ada').received).toEqual([])
  scene.receive('Ada', 4, answer)
  scene.peers.to('Ada').handlers.handleConnected()
  expect(scene.person('Ada')?.link).toBe('connected')
})

test('the called side asks for a new peer when its own is over, and takes the higher generation', async () => {
  const scene = createCallScene([])
  await scene.join()
  scene.channel.handlers().handleStatus('joined')
  scene.channel.handlers().handleParticipantJoined(createParticipant('Chloe'))
  scene.listen('Ben', 'Chloe')
  scene.receive('Chloe', 0, offer)
  scene.peers.to('Chloe').handlers.handleConnected()
  scene.peers.to('Chloe').handlers.handleGone('failed')
  await scene.clock.advanceAsync(250)
  expect(scene.sentTo('Chloe')).toEqual(['0:renegotiate'])
  scene.receive('Chloe', 1, offer)
  expect(scene.peers.to('Chloe').options.generation).toBe(1)
  scene.receive('Chloe', 0, offer)
  expect(scene.peers.to('Chloe').received).toEqual([offer])
})

test('a caller that is asked makes a new peer at once', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.receive('Ada', 0, { type: 'renegotiate', renegotiate: true })
  expect(scene.peers.to('Ada').options.generation).toBe(1)
  scene.receive('Ada', 0, { type: 'renegotiate', renegotiate: true })
  expect(scene.peers.opened).toHaveLength(2)
})

test('somebody who leaves does not flash up as reconnecting first', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.peers.to('Ada').handlers.handleGone('closed')
  expect(scene.person('Ada')?.link).toBe('connected')
  scene.channel.handlers().handleParticipantLeft({ userId: 'user-Ada', connectionId: 'Ada', reason: 'left' })
  expect(scene.person('Ada')).toBeUndefined()
  scene.channel.handlers().handleParticipantJoined(createParticipant('Ada'))
  expect(scene.person('Ada')).toBeUndefined()
})

test('the same person on another device replaces the one before', async () => {
  const scene = createCallScene()
  await scene.meet()
  scene.channel
    .handlers()
    .handleParticipantJoined(
      createParticipant('Ada', { connectionId: 'Ada 2', joinedAt: '2026-03-01T11:00:00.000Z' }),
    )
  expect(scene.person('Ada')).toBeUndefined()
  expect(scene.person('Ada 2')?.link).toBe('waiting')
})
