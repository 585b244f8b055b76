import { createStore } from 'zustand/vanilla'
import type { MediaState } from '../../../shared/domain/participant.ts'
import type { CallCommand, CallEvent } from '../../core/call/callEvents.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { CallState } from '../../core/call/callState.ts'
import { selectCallSnapshot } from '../../core/call/selectCallSnapshot.ts'
import { initialCallState, transition } from '../../core/call/transition.ts'
import type { Account } from '../../core/ports/auth.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { LocalMediaSnapshot } from '../../core/ports/localMedia.ts'
import type { Logger } from '../../core/ports/logger.ts'
import type { MediaGate } from '../../core/ports/mediaGate.ts'
import type { MediaRoutesPort } from '../../core/ports/mediaRoutes.ts'
import type { PeerPort } from '../../core/ports/peer.ts'
import type { RoomChannel, RoomChannelPort } from '../../core/ports/roomChannel.ts'
import type { RoomNews, RoomNewsSource } from '../../core/ports/roomNews.ts'
import type { RoomsPort } from '../../core/ports/rooms.ts'
import type { SfuPort } from '../../core/ports/sfu.ts'
import type { VideoWishesMessage } from '../../../shared/realtime/roomEvents.ts'
import type {
  CallController,
  LocalMediaController,
  RoomAccess,
  ScreenShareController,
  ScreenShareSnapshot,
} from '../contracts.ts'
import type { ReactionSender } from '../gestures/createGesturesController.ts'
import type { VideoWishExchange } from '../quality/createWishSender.ts'
import { createPeerPool } from './createPeerPool.ts'
import { createRoomRequests } from './createRoomRequests.ts'
import { createSfuHolder } from './createSfuHolder.ts'
import { createTimers } from './createTimers.ts'

export interface CallDependencies {
  readonly rooms: RoomsPort
  readonly channel: RoomChannelPort
  readonly peers: PeerPort
  readonly sfu: SfuPort
  readonly routes: MediaRoutesPort
  readonly localMedia: LocalMediaController
  readonly screenShare: Pick<ScreenShareController, 'store' | 'stop' | 'bar'>
  /** Whether anything of ours is sent at all. */
  readonly gate: Pick<MediaGate, 'isClosed' | 'subscribe'>
  readonly clock: Clock
  /** From 0 to 1, another each time. */
  readonly random: () => number
  /** A new UUID each time. */
  readonly newId: () => string
  /** Who is signed in; null when nobody is. */
  readonly account: () => Account | null
  readonly logger: Logger
}

/** Names our stay in a room, for whoever has to end it when the window closes. */
export interface Stay {
  readonly roomId: string
  readonly connectionId: string
}

/** The controller together with what its owner needs. */
export interface OwnedCallController
  extends CallController, VideoWishExchange, RoomNewsSource, ReactionSender {
  /** The stay that the backend counts at the moment; null outside a call. */
  activeStay(): Stay | null
  /** Ends everything without telling the backend. */
  dispose(): void
}

/** What others get while nothing of ours is sent. */
const nothingSent: MediaState = { isMuted: true, isVideoOff: true, isScreensharing: false }

/** What others are to know of our own devices. */
export function selectMediaState(media: LocalMediaSnapshot, { share }: ScreenShareSnapshot): MediaState {
  return {
    isMuted: media.isMuted || media.microphone.kind !== 'on',
    isVideoOff: media.camera.kind !== 'on',
    isScreensharing: share.kind === 'on',
  }
}

/** Runs the call's commands through the ports and brings back what happens as events. */
export function createCallController(deps: CallDependencies): OwnedCallController {
  const { localMedia, screenShare, clock, logger } = deps
  const store = createStore<CallSnapshot>(() => selectCallSnapshot(initialCallState))
  let state: CallState = initialCallState
  let access: RoomAccess = {}
  let channel: RoomChannel | null = null
  const wishListeners = new Set<(message: VideoWishesMessage) => void>()
  const newsListeners = new Set<(news: RoomNews) => void>()
  const queue: CallEvent[] = []
  let isDispatching = false

  const timers = createTimers(clock, (timer) => dispatch({ kind: 'timerFired', timer }))
  const pool = createPeerPool({ peers: deps.peers, dispatch })
  const requests = createRoomRequests({ rooms: deps.rooms, dispatch })
  const sfu = createSfuHolder({ sfu: deps.sfu, rooms: deps.rooms, random: deps.random, dispatch })

  /** One event after the other, also when running a command brings the next one at once. */
  function dispatch(event: CallEvent): void {
    queue.push(event)
    if (isDispatching) return
    isDispatching = true
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) handle(next)
    } finally {
      isDispatching = false
    }
  }

  function handle(event: CallEvent): void {
    const before = state
    const after = transition(state, event)
    state = after.state
    if (before.kind !== state.kind) logger.info('call', { from: before.kind, to: state.kind })
    if (state.kind === 'live' && (before.kind !== 'live' || state.people !== before.people)) {
      sfu.setReceivers(state.people.map(({ participant }) => participant.connectionId))
    }
    for (const command of after.commands) run(command)
    if (state !== before) store.setState(selectCallSnapshot(state), true)
  }

  function openChannel(command: Extract<CallCommand, { kind: 'openChannel' }>): void {
    const { topic, userId, connectionId } = command
    const previous = channel
    let isCurrent = true
    const whileCurrent = (event: CallEvent): void => {
      if (isCurrent) dispatch(event)
    }
    const opened = deps.channel.open(
      topic,
      { userId, connectionId },
      {
        handleStatus: (status) => whileCurrent({ kind: 'channelStatusChanged', status }),
        handleSignal: (message) => whileCurrent({ kind: 'signalReceived', message }),
        handleMediaState: (message) => whileCurrent({ kind: 'mediaStateReceived', message }),
        handleMediaPath: (message) => whileCurrent({ kind: 'mediaPathReceived', message }),
        handleVideoWishes(message) {
          if (isCurrent) for (const listener of wishListeners) listener(message)
        },
        handleParticipantJoined: (participant) => whileCurrent({ kind: 'participantJoined', participant }),
        handleParticipantLeft: (left) => whileCurrent({ kind: 'participantLeft', ...left }),
        handleRoomClosed: () => whileCurrent({ kind: 'roomClosed' }),
        handleRoomChanged: (room) => whileCurrent({ kind: 'roomChanged', room }),
        handleChannelMoved: (moved) => whileCurrent({ kind: 'channelMoved', topic: moved }),
        handleTopologyChanged: (change) => whileCurrent({ kind: 'topologyChanged', ...change }),
        handleNews(news) {
          if (!isCurrent) return
          if (isAboutPeople(news)) dispatch(news)
          for (const listener of newsListeners) listener(news)
        },
        handleMutedByCreator: (muted) => whileCurrent({ kind: 'mutedByCreator', connectionId: muted }),
        handlePresence: (present) =>
          whileCurrent({
            kind: 'presenceChanged',
            connectionIds: present.map((entry) => entry.connectionId),
          }),
      },
    )
    channel = {
      ...opened,
      sendSignal: (message) => opened.sendSignal(message),
      sendMediaState: (message) => opened.sendMediaState(message),
      sendMediaPath: (message) => opened.sendMediaPath(message),
      sendVideoWishes: (message) => opened.sendVideoWishes(message),
      sendReaction: (message) => opened.sendReaction(message),
      close() {
        isCurrent = false
        opened.close()
      },
    }
    // Only now: without any channel the socket would be closed, and opened again.
    previous?.close()
  }

  function closeChannel(): void {
    channel?.close()
    channel = null
  }

  function run(command: CallCommand): void {
    switch (command.kind) {
      case 'joinRoom':
        return requests.join(command.roomId, command.connectionId, access)
      case 'renewConnection':
        return dispatch({ kind: 'connectionRenewed', connectionId: deps.newId() })
      case 'leaveRoom':
        return requests.leave(command.roomId, command.connectionId)
      case 'openChannel':
        return openChannel(command)
      case 'reconnectChannel':
        return deps.channel.reconnect()
      case 'checkChannel':
        return deps.channel.check()
      case 'closeChannel':
        return closeChannel()
      case 'openPeer':
        return pool.open(command.options)
      case 'restartPeer':
        return pool.restart(command.options)
      case 'closePeer':
        return pool.close(command.connectionId)
      case 'signalPeer':
        return pool.signal(command.connectionId, command.signals)
      case 'prepareSfu':
        return deps.sfu.warmUp()
      case 'connectSfu':
        return sfu.connect(command)
      case 'disconnectSfu':
        return sfu.disconnect()
      case 'showMedia':
        return deps.routes.show(command.connectionId, command.path)
      case 'sendMediaPath':
        return channel?.sendMediaPath(command.message)
      case 'readTopology':
        return requests.readTopology(command.roomId)
      case 'reportMeshFailure':
        return requests.reportMeshFailure(command.roomId)
      case 'sendSignal':
        return channel?.sendSignal(command.message)
      case 'sendMediaState':
        return channel?.sendMediaState(command.message)
      case 'persistMediaState':
        return requests.persistMediaState(command.roomId, command.mediaState)
      case 'sendHeartbeat':
        return requests.sendHeartbeat(command.roomId, command.connectionId)
      case 'readIceServers':
        return requests.readIceServers()
      case 'readParticipants':
        return requests.readParticipants(command.roomId)
      case 'startTimer':
        return timers.start(command.timer, command.delayMs)
      case 'stopTimer':
        return timers.stop(command.timer)
      case 'stopAllTimers':
        return timers.stopAll()
      case 'closeMicrophone':
        return void localMedia.setMuted(true)
      case 'closeCamera':
        return void localMedia.setCameraOn(false)
      case 'closeScreen':
        return screenShare.bar()
      case 'releaseMedia':
        screenShare.stop()
        return localMedia.stop()
    }
  }

  const unsubscribeFromRoutes = deps.routes.subscribe((arrival) =>
    dispatch({ kind: 'mediaArrived', arrival }),
  )
  function selectOwnState(): MediaState {
    if (deps.gate.isClosed()) return nothingSent
    return selectMediaState(localMedia.store.getState(), screenShare.store.getState())
  }

  function handleLocalMedia(): void {
    if (state.kind === 'idle' || state.kind === 'refused' || state.kind === 'ended') return
    dispatch({ kind: 'localMediaChanged', mediaState: selectOwnState() })
  }

  const unsubscribeFromMedia = [
    localMedia.store.subscribe(handleLocalMedia),
    deps.gate.subscribe(handleLocalMedia),
    screenShare.store.subscribe(({ share }, before) => {
      if (share !== before.share) handleLocalMedia()
    }),
  ]

  async function join(roomId: string): Promise<void> {
    const account = deps.account()
    if (account === null) {
      logger.warn('join without an account')
      return
    }
    dispatch({
      kind: 'joinRequested',
      roomId,
      connectionId: deps.newId(),
      account,
      mediaState: selectOwnState(),
    })
    await requests.settled()
  }

  return {
    store,
    async join(roomId, options) {
      access = options
      await join(roomId)
    },
    async joinAgain() {
      if (state.kind === 'refused') await join(state.roomId)
    },
    setMuted: (muted) => localMedia.setMuted(muted),
    setCameraOn(on) {
      const isBarred = state.kind === 'live' && !state.room.settings.allowVideo
      return localMedia.setCameraOn(on && !isBarred)
    },
    async leave() {
      dispatch({ kind: 'leaveRequested' })
      await requests.settled()
    },
    retry: () => dispatch({ kind: 'retryRequested' }),
    dismiss: () => dispatch({ kind: 'dismissed' }),
    activeStay: () => selectActiveStay(state),
    sendVideoWishes(wishes) {
      if (state.kind === 'live') channel?.sendVideoWishes({ from: state.connectionId, wishes: [...wishes] })
    },
    sendReaction(reaction) {
      if (state.kind === 'live') channel?.sendReaction({ connectionId: state.connectionId, reaction })
    },
    subscribeToVideoWishes(listener) {
      wishListeners.add(listener)
      return () => wishListeners.delete(listener)
    },
    subscribeToNews(listener) {
      newsListeners.add(listener)
      return () => newsListeners.delete(listener)
    },
    dispose() {
      for (const end of unsubscribeFromMedia) end()
      unsubscribeFromRoutes()
      timers.stopAll()
      pool.closeAll()
      sfu.disconnect()
      closeChannel()
    },
  }
}

function selectActiveStay(state: CallState): Stay | null {
  switch (state.kind) {
    case 'idle':
    case 'refused':
    case 'ended':
      return null
    case 'joining':
      return { roomId: state.roomId, connectionId: state.connectionId }
    case 'live':
      return { roomId: state.room.id, connectionId: state.connectionId }
    case 'rejoining':
      return { roomId: state.call.room.id, connectionId: state.connectionId ?? state.call.connectionId }
  }
}

type NewsOfPeople = Extract<RoomNews, { readonly kind: 'goalChanged' | 'avatarChanged' | 'handChanged' }>

/** What is kept with the people of the call. */
function isAboutPeople(news: RoomNews): news is NewsOfPeople {
  return news.kind === 'goalChanged' || news.kind === 'avatarChanged' || news.kind === 'handChanged'
}
