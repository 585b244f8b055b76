import { isRecord } from './messages.ts'

/** One `postgres_changes` binding as the client wrote it. */
export interface ChangeBindingParams {
  readonly event?: unknown
  readonly schema?: unknown
  readonly table?: unknown
  readonly filter?: unknown
  readonly select?: unknown
}

/** What a client asks for when it joins. */
export interface JoinRequest {
  readonly isPrivate: boolean
  readonly broadcast: {
    readonly ack: boolean
    readonly self: boolean
    readonly replicationReady: boolean
    /** Null when no replay was asked for; the values are the client's, unchecked. */
    readonly replay: { readonly since: unknown; readonly limit: unknown } | null
  }
  readonly presence: {
    readonly enabled: boolean
    /** Null when the server is to choose one. */
    readonly key: string | null
  }
  readonly changes: readonly ChangeBindingParams[]
  /** True when the reply is to wait for the change stream. */
  readonly waitForChanges: boolean
  readonly accessToken: string | null
}

/**
 * Reads the payload of `phx_join`. Like Supabase's server it is lenient: a field of the wrong shape counts as absent,
 * so that one unknown option does not keep a client out.
 */
export function parseJoinPayload(payload: unknown): JoinRequest {
  const root = recordOf(payload)
  const config = recordOf(root['config'])
  const broadcast = recordOf(config['broadcast'])
  const presence = recordOf(config['presence'])
  const changes = Array.isArray(config['postgres_changes']) ? (config['postgres_changes'] as unknown[]) : []
  return {
    isPrivate: toBoolean(config['private']),
    broadcast: {
      ack: toBoolean(broadcast['ack']),
      self: toBoolean(broadcast['self']),
      replicationReady: toBoolean(broadcast['replication_ready']),
      replay: isRecord(broadcast['replay'])
        ? { since: broadcast['replay']['since'], limit: broadcast['replay']['limit'] }
        : null,
    },
    presence: { enabled: toBoolean(presence['enabled']), key: toKey(presence['key']) },
    changes: changes.filter((change) => isRecord(change)),
    waitForChanges: toBoolean(recordOf(config['postgres_changes_options'])['wait']),
    accessToken: firstString(root['user_token'], root['access_token']),
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {}
}

function toBoolean(value: unknown): boolean {
  return typeof value === 'string' ? value.toLowerCase() === 'true' : value === true
}

function toKey(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value
  return typeof value === 'number' ? String(value) : null
}

function firstString(...values: readonly unknown[]): string | null {
  return values.find((value) => typeof value === 'string') ?? null
}
