import { z } from 'zod'
import type { MediaToken } from '../../../../src/shared/api/media.ts'
import { judgeMediaServer } from '../../../../src/shared/backend/transportSecurity.ts'
import { mediaSourceSchema } from './mediaRoom.ts'
import { trackSources } from './trackSources.ts'

/** How long a token opens the media server. A connection that is made with it lives on. */
export const MEDIA_TOKEN_LIFETIME_S = 600

/** A LiveKit server and the key with which tokens for it are signed. */
export interface SfuConfig {
  /** `ws:` or `wss:`, without a trailing slash. */
  readonly url: string
  readonly key: string
  readonly secret: string
}

/**
 * The media server by `STUDYHALL_LIVEKIT_URL`, `STUDYHALL_LIVEKIT_KEY` and `STUDYHALL_LIVEKIT_SECRET`; null unless all
 * three are there and the address is one that nobody on the way can read along at: encrypted, or on this machine.
 */
export function readSfuConfig(environment: Readonly<Record<string, string | undefined>>): SfuConfig | null {
  const key = environment['STUDYHALL_LIVEKIT_KEY']?.trim()
  const secret = environment['STUDYHALL_LIVEKIT_SECRET']?.trim()
  const address = environment['STUDYHALL_LIVEKIT_URL']?.trim() ?? ''
  if (!key || !secret || judgeMediaServer(URL.parse(address)) !== null) return null
  return { url: address.replace(/^http/i, 'ws').replace(/\/+$/, ''), key, secret }
}

/** What the database function `media_grant` answers. */
export const mediaGrantSchema = z.object({
  roomName: z.string(),
  identity: z.string(),
  userId: z.uuid(),
  displayName: z.string(),
  canPublishSources: z.array(mediaSourceSchema).min(1),
})
export type MediaGrant = z.infer<typeof mediaGrantSchema>

/**
 * A token by which one connection sends the sources it may and receives all others, in one room, and nothing else.
 * `expiresAt` is the token's own end or up to a second earlier.
 */
export async function mintMediaToken(config: SfuConfig, grant: MediaGrant): Promise<MediaToken> {
  // Loaded when first needed: most installations have no media server, and it takes a while.
  const sdk = await import('livekit-server-sdk')
  const { AccessToken } = sdk
  const sources = trackSources(sdk)
  const expiresAtS = Math.floor(Date.now() / 1000) + MEDIA_TOKEN_LIFETIME_S
  const token = new AccessToken(config.key, config.secret, {
    identity: grant.identity,
    name: grant.displayName,
    attributes: { userId: grant.userId },
    ttl: MEDIA_TOKEN_LIFETIME_S,
  })
  // SECURITY: whatever is left out is refused by the server, but for sending data, which must be denied by name.
  token.addGrant({
    roomJoin: true,
    room: grant.roomName,
    canPublish: true,
    canPublishSources: grant.canPublishSources.map((source) => sources[source]),
    canSubscribe: true,
    canPublishData: false,
  })
  return {
    url: config.url,
    token: await token.toJwt(),
    expiresAt: new Date(expiresAtS * 1000).toISOString(),
  }
}
