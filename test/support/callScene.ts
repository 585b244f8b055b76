import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ScreenShareSnapshot } from '../../src/renderer/controllers/contracts.ts'
import type { CallSnapshot, PersonSnapshot } from '../../src/renderer/core/call/callSnapshot.ts'
import type { LocalMediaSnapshot } from '../../src/renderer/core/ports/localMedia.ts'
import {
  createCallController,
  type OwnedCallController,
} from '../../src/renderer/controllers/call/createCallController.ts'
import type { Participant } from '../../src/shared/domain/participant.ts'
import type { SignalData } from '../../src/shared/realtime/roomEvents.ts'
import { createFakeClock, type FakeClock } from './fakes/fakeClock.ts'
import { createFakeMediaRoutes, type FakeMediaRoutes } from './fakes/fakeMediaRoutes.ts'
import { createFakePeers, type FakePeers } from './fakes/fakePeers.ts'
import { createFakeRoomChannel, type FakeRoomChannel } from './fakes/fakeRoomChannel.ts'
import { createFakeRooms, type FakeRooms } from './fakes/fakeRooms.ts'
import { createFakeSfu, type FakeSfu } from './fakes/fakeSfu.ts'
import { silentLogger } from './fakes/silentLogger.ts'
import { createParticipant } from './people.ts'

export const offer: SignalData = { type: 'offer', sdp: 'offer' }
export const answer: SignalData = { type: 'answer', sdp: 'answer' }
export const candidate: SignalData = {
  type: 'candidate',
  candidate: { candidate: 'candidate', sdpMLineIndex: 0, sdpMid: '0' },
}

/** A call seen from Ben: Ada came before him, Chloe comes after. */
export interface CallScene {
  readonly call: OwnedCallController
  readonly clock: FakeClock
  readonly rooms: FakeRooms
  readonly channel: FakeRoomChannel
  readonly peers: FakePeers
  readonly sfu: FakeSfu
  readonly routes: FakeMediaRoutes
  readonly media: StoreApi<LocalMediaSnapshot>
  /** Ben's own shared screen. */
  readonly sharing: StoreApi<ScreenShareSnapshot>
  isMediaReleased(): boolean
  /** What the call has asked of camera and microphone, in order. */
  readonly wishes: readonly string[]
  /** Ben joins; the channel is not joined yet. */
  join(): Promise<void>
  /** Ben joins, everybody listens, and the links to everybody there are connected. */
  meet(): Promise<void>
  listen(...connectionIds: readonly string[]): void
  receive(from: string, generation: number, ...signals: readonly SignalData[]): void
  /** The same from somebody whose peer was made in that generation. */
  receiveOf(from: string, generation: number, peerGeneration: number, ...signals: readonly SignalData[]): void
  /** What went out to somebody, as `generation:type`. */
  sentTo(connectionId: string): readonly string[]
  person(connectionId: string): PersonSnapshot | undefined
  snapshot(): CallSnapshot
}

export function createCallScene(others: readonly Participant[] = [createParticipant('Ada')]): CallScene {
  const clock = createFakeClock()
  const channel = createFakeRoomChannel()
  const peers = createFakePeers()
  const sfu = createFakeSfu()
  const routes = createFakeMediaRoutes()
  const rooms = createFakeRooms((connectionId) => createParticipant('Ben', { connectionId }))
  rooms.people = others
  let ids = 0
  let isReleased = false
  const wishes: string[] = []
  const media = createStore<LocalMediaSnapshot>(() => ({
    camera: { kind: 'off' },
    microphone: { kind: 'off' },
    isMuted: true,
    devices: { cameras: [], microphones: [], speakers: [] },
    chosen: { cameraId: null, microphoneId: null, speakerId: null },
  }))
  const sharing = createStore<ScreenShareSnapshot>(() => ({
    share: { kind: 'off' },
    picker: { kind: 'closed' },
  }))
  const nothing = (): Promise<void> => Promise.resolve()
  const call = createCallController({
    rooms,
    channel,
    peers,
    sfu,
    routes,
    localMedia: {
      store: media,
      start: nothing,
      setCameraOn(on) {
        wishes.push(on ? 'camera on' : 'camera off')
        return nothing()
      },
      setMuted(muted) {
        wishes.push(muted ? 'muted' : 'unmuted')
        return nothing()
      },
      chooseCamera: nothing,
      chooseMicrophone: nothing,
      chooseSpeaker: nothing,
      playTestSound: nothing,
      subscribeToLevel: () => () => undefined,
      stop() {
        isReleased = true
      },
    },
    screenShare: {
      store: sharing,
      stop: () => sharing.setState({ share: { kind: 'off' } }),
      bar: () => sharing.setState({ share: { kind: 'failed', reason: 'barred' } }),
    },
    gate: { isClosed: () => false, subscribe: () => () => undefined },
    clock,
    random: () => 0,
    newId: () => (++ids === 1 ? 'Ben' : `Ben ${ids}`),
    account: () => ({ userId: 'user-Ben', displayName: 'Ben' }),
    logger: silentLogger,
  })

  function snapshot(): CallSnapshot {
    return call.store.getState()
  }

  function listen(...connectionIds: readonly string[]): void {
    channel
      .handlers()
      .handlePresence(connectionIds.map((connectionId) => ({ connectionId, userId: `user-${connectionId}` })))
  }

  return {
    call,
    clock,
    rooms,
    channel,
    peers,
    sfu,
    routes,
    media,
    sharing,
    snapshot,
    wishes,
    listen,
    isMediaReleased: () => isReleased,
    join: () => call.join('library', {}),
    async meet() {
      await call.join('library', {})
      channel.handlers().handleStatus('joined')
      listen('Ben', ...others.map((other) => other.connectionId))
      for (const peer of peers.opened) {
        peer.handlers.handleSignals([offer])
        channel.handlers().handleSignal({
          from: peer.options.connectionId,
          to: 'Ben',
          generation: 0,
          signals: [answer],
        })
        peer.handlers.handleConnected()
      }
    },
    receive(from, generation, ...signals) {
      channel.handlers().handleSignal({ from, to: 'Ben', generation, signals: [...signals] })
    },
    receiveOf(from, generation, peerGeneration, ...signals) {
      channel.handlers().handleSignal({ from, to: 'Ben', generation, peerGeneration, signals: [...signals] })
    },
    sentTo: (connectionId) =>
      channel.sentSignals
        .filter((message) => message.to === connectionId)
        .flatMap((message) => message.signals.map((signal) => `${message.generation}:${signal.type}`)),
    person(connectionId) {
      const now = snapshot()
      return now.kind === 'live'
        ? now.others.find((person) => person.connectionId === connectionId)
        : undefined
    },
  }
}
