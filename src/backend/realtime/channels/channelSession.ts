import { randomUUID } from 'node:crypto'
import type { TokenClaims } from '../auth/verifyToken.ts'
import type { Result } from '../../../shared/result.ts'
import type { SubscribeError } from '../changes/changeRegistry.ts'
import { numberBindings } from '../changes/changeBindings.ts'
import { encodePush } from '../protocol/encodeFrame.ts'
import {
  databaseUnavailable,
  databaseUnavailableReason,
  replayOnPublicReason,
  replayParamsReason,
  replicationReady,
  subscribedToPostgres,
  tokenRefused,
  tokenRefusedReason,
  tooManyBindingsReason,
} from '../protocol/errorTexts.ts'
import { parseJoinPayload, type JoinRequest } from '../protocol/joinPayload.ts'
import { isRecord, type Broadcast, type ClientFrame } from '../protocol/messages.ts'
import { countCall, emptyWindow, type CallWindow } from '../protocol/rateLimiter.ts'
import { describeError } from '../realtimeLog.ts'
import { publicAccess, type ChannelAccess } from './channelAccess.ts'
import type { ChannelConnection, ChannelServices } from './channelPorts.ts'
import { transition, type ChannelCommand, type ChannelEvent, type ChannelState } from './channelState.ts'
import { createExpiryWatch } from './expiryWatch.ts'
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
  let busy = true
  const waiting: ClientFrame[] = []
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
    const token = await services.verifyToken(connection.effectiveToken(accessToken))
    if (!token.ok) return refuseJoin(tokenRefusedReason(token.error))
    const access = await accessFor(token.value)
    if (access === null) return refuseJoin(databaseUnavailableReason)
    const replay = await readReplay(access)
    if (typeof replay === 'string') return refuseJoin(replay)
    if (request.waitForChanges && bindings.length > 0) {
      const subscribed = await subscribe(token.value)
      if (!subscribed.ok) return refuseJoin(`RealtimeDisabledForConfiguration: ${subscribed.error.message}`)
    }
    member = { ...member, replayedIds: new Set(replay.map((message) => message.id)) }
    apply({
      kind: 'joinChecked',
      access,
      expiresAtMs: token.value.expiresAtMs,
      response: { postgres_changes: bindings.map((binding) => ({ ...binding.params, id: binding.id })) },
    })
    if (state.kind !== 'joined') return
    for (const message of replay) services.replayTo(member, topic, message)
    if (request.broadcast.replicationReady) void announceFeed()
    if (bindings.length > 0) void subscribeAndTell(token.value)
  }

  function refuseJoin(reason: string): void {
    apply({ kind: 'joinRefused', reason })
  }

  async function accessFor(token: TokenClaims): Promise<ChannelAccess | null> {
    if (!request.isPrivate) return publicAccess
    const access = await services.authorize(subTopic, token)
    return access.ok ? access.value : null
  }

  async function readReplay(
    access: ChannelAccess,
  ): Promise<Awaited<ReturnType<typeof services.readReplay>> | string> {
    const { replay } = request.broadcast
    if (replay === null) return []
    if (!request.isPrivate) return replayOnPublicReason
    const { since, limit } = replay
    if (typeof since !== 'number' || !Number.isFinite(since)) return replayParamsReason
    if (!access.broadcastRead) return []
    return services.readReplay(subTopic, since, typeof limit === 'number' ? limit : null)
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
    const token = await services.verifyToken(connection.effectiveToken(renewed))
    if (!token.ok) {
      apply({ kind: 'tokenRefused', message: tokenRefused(token.error) })
      return
    }
    const access = await accessFor(token.value)
    if (access === null) {
      apply({ kind: 'tokenRefused', message: databaseUnavailable })
      return
    }
    apply({ kind: 'tokenRenewed', access, expiresAtMs: token.value.expiresAtMs })
    if (isOpen() && bindings.length > 0) void subscribeAndTell(token.value)
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

  function settle(work: Promise<void>): void {
    busy = true
    work
      .catch((error: unknown) => {
        services.log({ level: 'error', message: 'A channel failed', error: describeError(error) })
        if (state.kind === 'joining') refuseJoin('UnknownErrorOnChannel: Unknown Error on Channel')
        else apply({ kind: 'tokenRefused', message: 'Unknown Error on Channel' })
      })
      .finally(() => {
        busy = false
        drain()
      })
  }

  function drain(): void {
    while (!busy && waiting.length > 0) {
      const work = handle(waiting.shift()!)
      if (work !== null) settle(work)
    }
  }

  // Not at once: the connection has to know the session before the session can be refused.
  settle(Promise.resolve().then(join))

  return {
    handleFrame(frame) {
      if (waiting.length >= limits.maxQueuedFramesPerChannel) {
        connection.closeForFlood()
        return
      }
      waiting.push(frame)
      drain()
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
