import { err, ok, type Result } from '../../../shared/result.ts'
import type { TokenClaims } from '../auth/verifyToken.ts'
import type { DatabaseMessage } from '../database/messageRows.ts'
import {
  databaseUnavailable,
  databaseUnavailableReason,
  replayOnPublicReason,
  replayParamsReason,
  tokenRefused,
  tokenRefusedReason,
} from '../protocol/errorTexts.ts'
import type { JoinRequest } from '../protocol/joinPayload.ts'
import { publicAccess, type ChannelAccess } from './channelAccess.ts'
import type { ChannelServices } from './channelPorts.ts'

/** A token that holds, and what its bearer may do on the topic; perhaps nothing. */
export interface Admission {
  readonly token: TokenClaims
  readonly access: ChannelAccess
}

/** Why a token does not hold: `reason` for a refused join, `message` for a `system` message. */
export interface Refusal {
  readonly kind: 'refused'
  readonly reason: string
  readonly message: string
}

/** Verifies a token and, for a private topic, asks the policies. */
export async function admit(
  services: ChannelServices,
  topic: { readonly subTopic: string; readonly isPrivate: boolean },
  token: string,
): Promise<Result<Admission, Refusal>> {
  const verified = await services.verifyToken(token)
  if (!verified.ok) {
    const { error } = verified
    return err({ kind: 'refused', reason: tokenRefusedReason(error), message: tokenRefused(error) })
  }
  if (!topic.isPrivate) return ok({ token: verified.value, access: publicAccess })
  const access = await services.authorize(topic.subTopic, verified.value)
  if (!access.ok) {
    return err({ kind: 'refused', reason: databaseUnavailableReason, message: databaseUnavailable })
  }
  return ok({ token: verified.value, access: access.value })
}

/** The messages that a joining channel wants to have again; the error is the reason to refuse the join. */
export async function readRequestedReplay(
  services: ChannelServices,
  subTopic: string,
  request: JoinRequest,
  access: ChannelAccess,
): Promise<Result<readonly DatabaseMessage[], string>> {
  const { replay } = request.broadcast
  if (replay === null) return ok([])
  if (!request.isPrivate) return err(replayOnPublicReason)
  const { since, limit } = replay
  if (typeof since !== 'number' || !Number.isFinite(since)) return err(replayParamsReason)
  // SECURITY: the past is for those who may receive the present.
  if (!access.broadcastRead) return ok([])
  return ok(await services.readReplay(subTopic, since, typeof limit === 'number' ? limit : null))
}
