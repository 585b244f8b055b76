import type { MediaServerAnswer, MediaToken, SfuSweep } from '../../../../src/shared/api/media.ts'
import { err, ok } from '../../../../src/shared/result.ts'
import type { Result } from '../../../../src/shared/result.ts'
import type { CallDatabase } from '../databaseCall.ts'
import { asDone, readAs } from '../answer.ts'
import { refuse } from '../refusal.ts'
import type { Refusal } from '../refusal.ts'
import type { CallAsService } from '../serviceCall.ts'
import { createSfuHealth } from './createSfuHealth.ts'
import { createSfuSweep } from './createSfuSweep.ts'
import { createLivekitRooms } from './livekitRooms.ts'
import { mediaGrantSchema, mintMediaToken, readSfuConfig } from './mintMediaToken.ts'
import type { MediaGrant } from './mintMediaToken.ts'
import { readArrival } from './readArrival.ts'

/** For how long a media server that has answered is taken to be there. */
export const SFU_CHECK_LIFETIME_MS = 5_000
/** How long a media server may take to answer. */
const SFU_CHECK_TIMEOUT_MS = 1_000

/** The media server, as the API sees it. */
export interface Sfu {
  /**
   * What the person whose `token` it is needs to connect to a room's media server with this connection. Refuses with what
   * the database function `media_grant` refuses with, and with `sfu_unavailable` where the server does not answer.
   */
  mediaToken(token: string, roomId: string, connectionId: string): Promise<Result<MediaToken, Refusal>>
  /** The same for what the database has granted already. */
  tokenFor(grant: MediaGrant): Promise<Result<MediaToken, Refusal>>
  /** Whether there is one, and whether it answers: for people, in their settings. */
  describe(token: string): Promise<Result<MediaServerAnswer, Refusal>>
  /** Makes the media server follow the database; refuses with `sfu_unavailable` where none is configured. */
  sweep(): Promise<Result<SfuSweep, Refusal>>
  /**
   * What the media server itself says: when somebody has come their room is due, and whoever may not be there is put out
   * at once. Refuses with `not_signed_in` what it has not signed.
   */
  hearEvent(body: string, signature: string): Promise<Result<null, Refusal>>
}

/**
 * `fetch` reaches the media server; the global one by default. `now`: milliseconds since 1970. Where `afterwards` is given
 * nobody else watches over the server: the database is told whether it answers.
 */
export function createSfu(dependencies: {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly call: CallDatabase
  readonly callAsService: CallAsService
  readonly now: () => number
  readonly afterwards?: ((work: Promise<unknown>) => void) | undefined
  readonly fetch?: (request: Request) => Promise<Response>
}): Sfu {
  const config = readSfuConfig(dependencies.environment)
  const send = dependencies.fetch ?? ((request: Request) => fetch(request))
  const rooms = config && createLivekitRooms(config)
  const sweep = rooms && createSfuSweep(dependencies.callAsService, rooms)
  const tellHealth = createSfuHealth(dependencies.callAsService, dependencies.now)
  const noteHealth = (answers: boolean): void => dependencies.afterwards?.(tellHealth(answers))
  let answeredAtMs = -Infinity
  let check: Promise<boolean> | null = null

  async function askServer(url: string): Promise<boolean> {
    try {
      const request = new Request(url.replace(/^ws/i, 'http'), {
        signal: AbortSignal.timeout(SFU_CHECK_TIMEOUT_MS),
      })
      const response = await send(request)
      await response.body?.cancel()
      if (response.ok) answeredAtMs = dependencies.now()
      noteHealth(response.ok)
      return response.ok
    } catch {
      noteHealth(false)
      return false
    }
  }

  /** Everybody who asks meanwhile waits for the same answer. */
  async function isServerThere(): Promise<boolean> {
    if (config === null) {
      noteHealth(false)
      return false
    }
    if (dependencies.now() - answeredAtMs < SFU_CHECK_LIFETIME_MS) return true
    check ??= askServer(config.url).finally(() => {
      check = null
    })
    return await check
  }

  async function tokenFor(grant: MediaGrant): Promise<Result<MediaToken, Refusal>> {
    if (!(await isServerThere()) || config === null) return err(refuse('sfu_unavailable'))
    return ok(await mintMediaToken(config, grant))
  }

  return {
    tokenFor,
    async mediaToken(token, roomId, connectionId) {
      // Rights come first: a stranger learns nothing of the media server.
      const answer = await dependencies.call(token, 'media_grant', {
        p_room_id: roomId,
        p_connection_id: connectionId,
      })
      if (!answer.ok) return answer
      const grant = readAs(mediaGrantSchema, answer.value)
      return grant.ok ? await tokenFor(grant.value) : grant
    },

    async describe(token) {
      // SECURITY: the database verifies the token, and counts: asking the media server is not free.
      const permit = await dependencies.call(token, 'permit_request', { p_action: 'ice_servers' })
      if (!permit.ok) return permit
      const isThere = await isServerThere()
      if (config === null) return ok({ mediaServer: 'none' })
      return ok({ mediaServer: isThere ? 'answers' : 'silent' })
    },

    async sweep() {
      const [swept] = await Promise.all([sweep?.(), isServerThere()])
      return swept ?? err(refuse('sfu_unavailable'))
    },

    async hearEvent(body, signature) {
      if (config === null || rooms === null) return err(refuse('sfu_unavailable'))
      const arrival = await readArrival(config, body, signature)
      if (!arrival.ok) return arrival
      if (arrival.value === null) return ok(null)
      const { roomId, identity } = arrival.value
      const noted = await dependencies.callAsService('note_sfu_arrival', {
        p_room_id: roomId,
        p_identity: identity,
      })
      // What does not succeed here is left to the sweep.
      if (noted.ok && noted.value === false)
        await rooms.run(roomId, { kind: 'remove', identity }).catch(() => {})
      return asDone(noted)
    },
  }
}
