import {
  payloadTooLarge,
  permissionRevoked,
  presenceNotMap,
  presenceTooLarge,
  tooManyMessages,
  tooManyPresenceCalls,
  unauthorized,
  unauthorizedReason,
} from '../protocol/errorTexts.ts'
import { isRecord } from '../protocol/messages.ts'
import type { ChannelAccess } from './channelAccess.ts'

/** What does not change while a channel lives. */
export interface ChannelIdentity {
  readonly joinRef: string | null
  readonly subTopic: string
  readonly isPrivate: boolean
  readonly ack: boolean
  readonly presenceEnabled: boolean
}

export type ChannelState =
  | { readonly kind: 'joining'; readonly identity: ChannelIdentity; readonly ref: string | null }
  | {
      readonly kind: 'joined'
      readonly identity: ChannelIdentity
      readonly access: ChannelAccess
    }
  | { readonly kind: 'closed' }

export type ChannelEvent =
  | {
      readonly kind: 'joinChecked'
      readonly access: ChannelAccess
      readonly expiresAtMs: number | null
      readonly response: unknown
    }
  | { readonly kind: 'joinRefused'; readonly reason: string }
  | { readonly kind: 'tokenRenewed'; readonly access: ChannelAccess; readonly expiresAtMs: number | null }
  /** The token is refused or has expired, or the database cannot be asked; the channel ends with this message. */
  | { readonly kind: 'tokenRefused'; readonly message: string }
  | {
      readonly kind: 'broadcastReceived'
      readonly ref: string | null
      readonly tooLarge: boolean
      readonly tooMany: boolean
    }
  | {
      readonly kind: 'presenceReceived'
      readonly ref: string | null
      readonly payload: unknown
      readonly maxPayloadBytes: number
      readonly tooMany: boolean
    }
  | { readonly kind: 'leaveReceived'; readonly ref: string | null }
  /** The same connection joins the same topic anew. */
  | { readonly kind: 'superseded' }
  | { readonly kind: 'socketClosed' }

export type ChannelCommand =
  | {
      readonly kind: 'reply'
      readonly ref: string | null
      readonly status: 'ok' | 'error'
      readonly response: unknown
    }
  | { readonly kind: 'pushSystemError'; readonly message: string }
  | { readonly kind: 'pushClose' }
  | { readonly kind: 'enterTopic'; readonly access: ChannelAccess }
  | { readonly kind: 'changeAccess'; readonly access: ChannelAccess }
  | { readonly kind: 'leaveTopic' }
  | { readonly kind: 'pushPresenceState' }
  | { readonly kind: 'watchExpiry'; readonly expiresAtMs: number | null }
  | { readonly kind: 'deliverBroadcast' }
  | { readonly kind: 'track'; readonly payload: Readonly<Record<string, unknown>> }
  | { readonly kind: 'untrack' }
  /** The channel is over: timers and subscriptions end, the connection forgets it. */
  | { readonly kind: 'forget' }

export interface ChannelPlan {
  readonly state: ChannelState
  readonly commands: readonly ChannelCommand[]
}

/** Decides what a channel does next, as Supabase's RealtimeChannel does. Pure: effects come back as commands. */
export function transition(state: ChannelState, event: ChannelEvent): ChannelPlan {
  switch (state.kind) {
    case 'closed':
      return { state, commands: [] }
    case 'joining':
      return fromJoining(state, event)
    case 'joined':
      return fromJoined(state, event)
  }
}

function fromJoining(state: Extract<ChannelState, { kind: 'joining' }>, event: ChannelEvent): ChannelPlan {
  const { identity, ref } = state
  switch (event.kind) {
    case 'joinChecked': {
      if (!mayJoin(identity, event.access)) {
        return refuse(ref, unauthorizedReason(identity.subTopic))
      }
      return {
        state: { kind: 'joined', identity, access: event.access },
        commands: [
          { kind: 'enterTopic', access: event.access },
          { kind: 'watchExpiry', expiresAtMs: event.expiresAtMs },
          { kind: 'reply', ref, status: 'ok', response: event.response },
          ...(identity.presenceEnabled && event.access.presenceRead
            ? [{ kind: 'pushPresenceState' } as const]
            : []),
        ],
      }
    }
    case 'joinRefused':
      return refuse(ref, event.reason)
    case 'superseded':
    case 'socketClosed':
      return close([])
    case 'leaveReceived':
      return close([replyOk(event.ref), { kind: 'pushClose' }])
    case 'tokenRenewed':
    case 'tokenRefused':
    case 'broadcastReceived':
    case 'presenceReceived':
      return { state, commands: [] }
  }
}

function fromJoined(state: Extract<ChannelState, { kind: 'joined' }>, event: ChannelEvent): ChannelPlan {
  switch (event.kind) {
    case 'tokenRenewed':
      return renew(state, event.access, event.expiresAtMs)
    case 'tokenRefused':
      return shutDown(event.message)
    case 'broadcastReceived':
      return receiveBroadcast(state, event)
    case 'presenceReceived':
      return receivePresence(state, event)
    case 'leaveReceived':
      return close([{ kind: 'leaveTopic' }, replyOk(event.ref), { kind: 'pushClose' }])
    case 'superseded':
      return close([{ kind: 'leaveTopic' }, { kind: 'pushClose' }])
    case 'socketClosed':
      return close([{ kind: 'leaveTopic' }])
    case 'joinChecked':
    case 'joinRefused':
      return { state, commands: [] }
  }
}

/** Without presence enabled the right to read presence does not open the channel, for nothing of it would arrive. */
function mayJoin(identity: ChannelIdentity, access: ChannelAccess): boolean {
  return access.broadcastRead || (identity.presenceEnabled && access.presenceRead)
}

function renew(
  state: Extract<ChannelState, { kind: 'joined' }>,
  access: ChannelAccess,
  expiresAtMs: number | null,
): ChannelPlan {
  const { identity } = state
  if (!mayJoin(identity, access)) return shutDown(unauthorized(identity.subTopic))
  const before = state.access
  const readsPresence = identity.presenceEnabled
  if (
    (before.broadcastRead && !access.broadcastRead) ||
    (readsPresence && before.presenceRead && !access.presenceRead)
  ) {
    return shutDown(permissionRevoked(identity.subTopic))
  }
  return {
    state: { ...state, access },
    commands: [
      { kind: 'changeAccess', access },
      { kind: 'watchExpiry', expiresAtMs },
    ],
  }
}

function receiveBroadcast(
  state: Extract<ChannelState, { kind: 'joined' }>,
  event: Extract<ChannelEvent, { kind: 'broadcastReceived' }>,
): ChannelPlan {
  if (event.tooMany) return shutDown(tooManyMessages)
  // Supabase leaves a broadcast without permission unanswered.
  if (!state.access.broadcastWrite) return { state, commands: [] }
  const { ack } = state.identity
  if (event.tooLarge) return { state, commands: ack ? [replyError(event.ref, payloadTooLarge)] : [] }
  return { state, commands: [{ kind: 'deliverBroadcast' }, ...(ack ? [replyOk(event.ref)] : [])] }
}

function receivePresence(
  state: Extract<ChannelState, { kind: 'joined' }>,
  event: Extract<ChannelEvent, { kind: 'presenceReceived' }>,
): ChannelPlan {
  const payload = isRecord(event.payload) ? event.payload : {}
  const name = payload['event']
  if (typeof name !== 'string') return { state, commands: [replyOk(event.ref)] }
  if (event.tooMany) return shutDown(tooManyPresenceCalls)
  switch (name.toLowerCase()) {
    case 'track': {
      if (!state.access.presenceWrite) return { state, commands: [replyError(event.ref, null)] }
      const tracked = payload['payload'] ?? {}
      if (!isRecord(tracked)) return { state, commands: [replyError(event.ref, presenceNotMap)] }
      if (Buffer.byteLength(JSON.stringify(tracked)) > event.maxPayloadBytes)
        return shutDown(presenceTooLarge)
      return {
        state,
        commands: [{ kind: 'track', payload: tracked }, replyOk(event.ref)],
      }
    }
    case 'untrack':
      return { state, commands: [{ kind: 'untrack' }, replyOk(event.ref)] }
    default:
      return { state, commands: [replyError(event.ref, null)] }
  }
}

function refuse(ref: string | null, reason: string): ChannelPlan {
  return close([replyError(ref, reason)])
}

/** The channel ends on the server's wish: why, and then that it is closed. */
function shutDown(message: string): ChannelPlan {
  return close([{ kind: 'leaveTopic' }, { kind: 'pushSystemError', message }, { kind: 'pushClose' }])
}

function close(commands: readonly ChannelCommand[]): ChannelPlan {
  return { state: { kind: 'closed' }, commands: [...commands, { kind: 'forget' }] }
}

function replyOk(ref: string | null): ChannelCommand {
  return { kind: 'reply', ref, status: 'ok', response: {} }
}

function replyError(ref: string | null, reason: string | null): ChannelCommand {
  return { kind: 'reply', ref, status: 'error', response: reason === null ? {} : { reason } }
}
