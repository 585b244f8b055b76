import { randomUUID } from 'node:crypto'
import type { TokenClaims } from '../auth/verifyToken.ts'
import type { Result } from '../../../shared/result.ts'
import type { SubscribeError } from '../changes/changeRegistry.ts'
import { numberBindings } from '../changes/changeBindings.ts'
import { encodePush } from '../protocol/encodeFrame.ts'
import {
  replicationReady,
  subscribedToPostgres,
  tokenRefused,
  tooManyBindingsReason,
  unknownError,
} from '../protocol/errorTexts.ts'
import { parseJoinPayload, type JoinRequest } from '../protocol/joinPayload.ts'
import { isRecord, type Broadcast, type ClientFrame } from '../protocol/messages.ts'
import { countCall, emptyWindow, type CallWindow } from '../protocol/rateLimiter.ts'
import { describeError } from '../realtimeLog.ts'
import type { ChannelAccess } from './channelAccess.ts'
import { admit, readRequestedReplay } from './channelAdmission.ts'
import type { ChannelConnection, ChannelServices } from './channelPorts.ts'
import { transition, type ChannelCommand, type ChannelEvent, type ChannelState } from './channelState.ts'
import { createExpiryWatch } from './expiryWatch.ts'
import { createFrameQueue } from './frameQueue.ts'
import type { TopicMember } from './topicHub.ts'

/** One joined topic of one connection. */
export interface ChannelSession {
  /** Takes a frame of this topic; frames are handled one after the other, also while a token is being checked. */
  handleFrame(frame: ClientFrame): void
  supersede(): void
  handleSocketClosed(): void
}

interface SessionOptions {
  readonly connection: ChannelConnection
  readonly services: ChannelServices
  readonly joinRef: string | null
  readonly ref: string | null
  readonly subTopic: string
  readonly payload: unknown
  readonly onForget: () => void
}

/** Starts to join; the answer goes to the connection. */
export function createChannelSession(options: SessionOptions): ChannelSession {
  const { connection, services, subTopic } = options
  const { hub, limits } = services
  const request = parseJoinPayload(options.payload)
  const topic = { subTopic, isPrivate: request.isPrivate }
  const wireTopic = `realtime:${subTopic}`
  const bindings = numberBindings(request.changes)
  const memberId = randomUUID()
  let state: ChannelState = {
    kind: 'joining',
    ref: options.ref,
    identity: {
      joinRef: options.joinRef,
      subTopic,
      isPrivate: request.isPrivate,
      ack: request.broadcast.ack,
      presenceEnabled: request.presence.enabled,
    },
  }
  let member: TopicMember = {
    id: memberId,
    presenceKey: request.presence.key ?? randomUUID(),
    version: connection.version,
    receivesBroadcasts: false,
    receivesPresence: false,
    replayedIds: new Set(),
    deliver: (frame) => {
      connection.sendFrame(frame)
    },
  }
  let accessToken = request.accessToken
  let presenceWindow: CallWindow = emptyWindow
  const expiry = createExpiryWatch(services.now, (secondsAgo) => {
    apply({ kind: 'tokenRefused', message: tokenRefused({ kind: 'expired', secondsAgo }) })
  })

  function apply(event: ChannelEvent, broadcast?: Broadcast): void {
    const plan = transition(state, event)
    state = plan.state
    for (const command of plan.commands) run(command, broadcast)
  }

  function run(command: ChannelCommand, broadcast: Broadcast | undefined): void {
    switch (command.kind) {
      case 'reply':
        push(command.ref, 'phx_reply', { status: command.status, response: command.response })
        return
      case 'pushSystemError':
        pushSystem('system', 'error', command.message)
        return
      case 'pushClose':
        push(options.joinRef, 'phx_close', {})
        return
      case 'enterTopic':
      case 'changeAccess':
        member = withAccess(member, command.access, request)
        hub.enter(topic, member)
        return
      case 'leaveTopic':
        hub.leave(topic, memberId)
        return
      case 'pushPresenceState':
        connection.sendFrame(
          encodePush(connection.version, wireTopic, 'presence_state', hub.presenceStateJson(topic)),
        )
        return
      case 'watchExpiry':
        expiry.watch(command.expiresAtMs)
        return
      case 'deliverBroadcast':
        if (broadcast !== undefined) hub.broadcast(topic, broadcast, request.broadcast.self ? null : memberId)
        return
      case 'track':
        hub.track(topic, member, command.payload)
        return
      case 'untrack':
        hub.untrack(topic, memberId)
        return
      case 'forget':
        expiry.stop()
        services.changes.unsubscribe(memberId)
        options.onForget()
        return
    }
  }

  function push(ref: string | null, event: string, payload: unknown): void {
    connection.send({ joinRef: options.joinRef, ref, topic: wireTopic, event, payload })
  }

  function pushSystem(
    extension: 'system' | 'postgres_changes',
    status: 'ok' | 'error',
    message: string,
  ): void {
    push(null, 'system', { extension, status, message, channel: subTopic })
  }

  function isOpen(): boolean {
    return state.kind !== 'closed'
  }

  async function join(): Promise<void> {
    if (bindings.length > limits.maxChangeBindingsPerChannel) return refuseJoin(tooManyBindingsReason)
    const admission = await admit(services, topic, connection.effectiveToken(accessToken))
    if (!admission.ok) return refuseJoin(admission.error.reason)
    const { token, access } = admission.value
    const replay = await readRequestedReplay(services, subTopic, request, access)
    if (!replay.ok) return refuseJoin(replay.error)
    if (request.waitForChanges && bindings.length > 0) {
      const subscribed = await subscribe(token)
      if (!subscribed.ok) return refuseJoin(`RealtimeDisabledForConfiguration: ${subscribed.error.message}`)
    }
    member = { ...member, replayedIds: new Set(replay.value.map((message) => message.id)) }
    apply({
      kind: 'joinChecked',
      access,
      expiresAtMs: token.expiresAtMs,
      response: { postgres_changes: bindings.map((binding) => ({ ...binding.params, id: binding.id })) },
    })
    if (state.kind !== 'joined') return
    for (const message of replay.value) services.replayTo(member, topic, message)
    if (request.broadcast.replicationReady) void announceFeed()
    if (bindings.length > 0) void subscribeAndTell(token)
  }

  function refuseJoin(reason: string): void {
    apply({ kind: 'joinRefused', reason })
  }

  async function announceFeed(): Promise<void> {
    await services.whenFeedReady()
    if (isOpen()) pushSystem('system', 'ok', replicationReady)
  }

  async function subscribe(token: TokenClaims): Promise<Result<null, SubscribeError>> {
    const result = await services.changes.subscribe({
      id: memberId,
      wireTopic,
      version: connection.version,
      token,
      bindings,
      deliver: (frame) => {
        connection.sendFrame(frame)
      },
    })
    if (!isOpen()) services.changes.unsubscribe(memberId)
    return result
  }

  async function subscribeAndTell(token: TokenClaims): Promise<void> {
    const result = await subscribe(token)
    if (!isOpen()) return
    if (result.ok) pushSystem('postgres_changes', 'ok', subscribedToPostgres)
    else pushSystem('postgres_changes', 'error', result.error.message)
  }

  async function renewToken(payload: unknown): Promise<void> {
    const renewed = isRecord(payload) ? payload['access_token'] : null
    // Like Supabase: an API key or the same token again changes nothing.
    if (typeof renewed !== 'string' || renewed.startsWith('sb_') || renewed === accessToken) return
    accessToken = renewed
    const admission = await admit(services, topic, connection.effectiveToken(renewed))
    if (!admission.ok) {
      apply({ kind: 'tokenRefused', message: admission.error.message })
      return
    }
    const { token, access } = admission.value
    apply({ kind: 'tokenRenewed', access, expiresAtMs: token.expiresAtMs })
    if (isOpen() && bindings.length > 0) void subscribeAndTell(token)
  }

  /** Handles what can be handled at once; answers a promise when the next frame has to wait. */
  function handle(frame: ClientFrame): Promise<void> | null {
    if (frame.kind === 'broadcast') {
      const tooMany = !connection.takeBroadcastPermit()
      const tooLarge = frame.payloadBytes > limits.maxPayloadBytes
      apply({ kind: 'broadcastReceived', ref: frame.ref, tooLarge, tooMany }, frame.broadcast)
      return null
    }
    switch (frame.event) {
      case 'phx_leave':
        apply({ kind: 'leaveReceived', ref: frame.ref })
        return null
      case 'presence':
        handlePresence(frame.ref, frame.payload)
        return null
      case 'access_token':
        return renewToken(frame.payload)
      default:
        // Supabase ignores events that it does not know.
        return null
    }
  }

  function handlePresence(ref: string | null, payload: unknown): void {
    const limit = { maxCalls: limits.presenceEventsPerWindow, windowMs: limits.presenceWindowMs }
    const counted = countCall(presenceWindow, limit, services.monotonicNow())
    presenceWindow = counted.window
    const { maxPayloadBytes } = limits
    apply({ kind: 'presenceReceived', ref, payload, maxPayloadBytes, tooMany: !counted.allowed })
  }

  const frames = createFrameQueue({
    maxWaiting: limits.maxQueuedFramesPerChannel,
    handle,
    onFailure: (error) => {
      services.log({ level: 'error', message: 'A channel failed', error: describeError(error) })
      if (state.kind === 'joining') refuseJoin(`UnknownErrorOnChannel: ${unknownError}`)
      else apply({ kind: 'tokenRefused', message: unknownError })
    },
  })
  frames.begin(join)

  return {
    handleFrame(frame) {
      if (!frames.push(frame)) connection.closeForFlood()
    },
    supersede() {
      apply({ kind: 'superseded' })
    },
    handleSocketClosed() {
      apply({ kind: 'socketClosed' })
    },
  }
}

function withAccess(member: TopicMember, access: ChannelAccess, request: JoinRequest): TopicMember {
  return {
    ...member,
    receivesBroadcasts: access.broadcastRead,
    receivesPresence: access.presenceRead && request.presence.enabled,
  }
}
