import type { Sql } from 'postgres'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { TokenClaims } from '../auth/verifyToken.ts'
import type { ChannelAccess } from '../channels/channelAccess.ts'
import { describeError, type RealtimeLog } from '../realtimeLog.ts'

/** The database could not be asked; the client may try again. */
export interface DatabaseUnavailable {
  readonly kind: 'databaseUnavailable'
}

/** Asks the policies on realtime.messages what a token may do on a topic. A policy that fails denies. */
export type AuthorizeChannel = (
  subTopic: string,
  token: TokenClaims,
) => Promise<Result<ChannelAccess, DatabaseUnavailable>>

const denied: ChannelAccess = {
  broadcastRead: false,
  broadcastWrite: false,
  presenceRead: false,
  presenceWrite: false,
}

/** `sql` is a superuser's pool; the function it calls takes the token's role and undoes everything it did. */
export function createChannelAuthorizer(sql: Sql, log: RealtimeLog): AuthorizeChannel {
  return async (subTopic, token) => {
    try {
      const claims = JSON.stringify(token.claims)
      const rows = await sql<ChannelAccess[]>`
        select broadcast_read as "broadcastRead", broadcast_write as "broadcastWrite",
               presence_read as "presenceRead", presence_write as "presenceWrite"
        from realtime.check_channel_access(${subTopic}, ${token.role}, ${claims})`
      return ok(rows[0] ?? denied)
    } catch (error) {
      if (isDatabaseUnavailable(error)) {
        log({ level: 'error', message: 'A channel could not be authorised', error: describeError(error) })
        return err({ kind: 'databaseUnavailable' })
      }
      // SECURITY: a policy that raises, or an unknown role, grants nothing.
      log({
        level: 'warn',
        message: 'A realtime policy failed',
        topic: subTopic,
        error: describeError(error),
      })
      return ok(denied)
    }
  }
}

/** Tells a lost, refused or shut-down connection and a timeout from an error of the statement itself. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return true
  const { code } = error
  const isSqlState = /^[0-9A-Z]{5}$/.test(code)
  // 08 connection, 53 out of resources, 57 shutting down or cancelled.
  return !isSqlState || /^(08|53|57)/.test(code)
}
