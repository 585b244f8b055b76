import type { IceServer } from '../../../src/shared/api/rooms.ts'

/** How long TURN credentials are good for: a long day of study, since a call's relay outlives its joining. */
export const TURN_CREDENTIAL_LIFETIME_S = 12 * 60 * 60

/**
 * The servers that help two people find a path to each other. TURN credentials follow the "REST API for access to TURN
 * services" (draft-uberti-behave-turn-rest-00), which coturn knows as `use-auth-secret`: the name is the expiry in Unix
 * seconds and `holder`, the credential its HMAC-SHA1 under the shared secret.
 * Without `STUDYHALL_TURN_URLS` and `STUDYHALL_STUN_URLS` the list is empty, which is enough on one network.
 */
export async function createIceServers(
  environment: Readonly<Record<string, string | undefined>>,
  holder: string,
  nowMs: number,
): Promise<IceServer[]> {
  const servers: IceServer[] = []
  const stunUrls = readList(environment['STUDYHALL_STUN_URLS'])
  if (stunUrls.length > 0) servers.push({ urls: stunUrls })
  const turnUrls = readList(environment['STUDYHALL_TURN_URLS'])
  const secret = environment['STUDYHALL_TURN_SECRET']
  if (turnUrls.length > 0 && secret) {
    const username = `${Math.floor(nowMs / 1000) + TURN_CREDENTIAL_LIFETIME_S}:${holder}`
    servers.push({ urls: turnUrls, username, credential: await signSha1(secret, username) })
  }
  return servers
}

function readList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

async function signSha1(secret: string, text: string): Promise<string> {
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-1' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign'])
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(text))
  return btoa(String.fromCharCode(...new Uint8Array(signature)))
}
