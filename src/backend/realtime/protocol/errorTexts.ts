import type { TokenError } from '../auth/verifyToken.ts'

/**
 * The words that Supabase's Realtime server uses, so that code written against it recognises them here.
 * `*Reason` go into a refused join, the others into a `system` message before a channel is closed.
 */
export const topicNameRequiredReason = 'TopicNameRequired: You must provide a topic name'
export const unmatchedTopicReason = 'unmatched topic'
export const tooManyChannelsReason = 'ChannelRateLimitReached: Too many channels'
export const tooManyJoinsReason = 'ClientJoinRateLimitReached: Too many joins per second'
export const databaseUnavailableReason =
  'UnableToConnectToProject: Realtime was unable to connect to the project database'
export const replayOnPublicReason = 'UnableToReplayMessages: Replay is not allowed for public channels'
export const replayParamsReason = 'UnableToReplayMessages: Replay params are not valid'
export const topicTooLongReason = 'TopicNameTooLong: The topic is longer than the protocol allows'
export const tooManyBindingsReason = 'InvalidJoinPayload: Too many postgres_changes bindings'

export const databaseUnavailable = 'Realtime was unable to connect to the project database'
export const unknownError = 'Unknown Error on Channel'
export const tooManyMessages = 'Too many messages per second'
export const tooManyPresenceCalls = 'Client presence rate limit exceeded'
export const presenceTooLarge = 'Track message size exceeded'
export const presenceNotMap = 'Presence track payload must be a map'
export const payloadTooLarge = 'payload_size_exceeded'
export const subscribedToPostgres = 'Subscribed to PostgreSQL'
export const replicationReady = 'Replication connection established'

export function unauthorizedReason(subTopic: string): string {
  return `Unauthorized: ${unauthorized(subTopic)}`
}

export function unauthorized(subTopic: string): string {
  return `You do not have permissions to read from this Channel topic: ${subTopic}`
}

export function permissionRevoked(subTopic: string): string {
  return `You no longer have permission to read from this Channel topic: ${subTopic}`
}

/** A refused token in the words of a `system` message. */
export function tokenRefused(error: TokenError): string {
  switch (error.kind) {
    case 'expired':
      return `Token has expired ${error.secondsAgo} seconds ago`
    case 'missingClaims':
      return 'Fields `role` and `exp` are required in JWT'
    case 'malformed':
      return 'The token provided is not a valid JWT'
    case 'badSignature':
      return 'Failed to validate JWT signature'
  }
}

/** A refused token in the words of a refused join. */
export function tokenRefusedReason(error: TokenError): string {
  switch (error.kind) {
    case 'expired':
    case 'missingClaims':
      return `InvalidJWTToken: ${tokenRefused(error)}`
    case 'malformed':
      return `MalformedJWT: ${tokenRefused(error)}`
    case 'badSignature':
      return `JwtSignatureError: ${tokenRefused(error)}`
  }
}
