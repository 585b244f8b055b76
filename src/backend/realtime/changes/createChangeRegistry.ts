import type { Sql } from 'postgres'
import { err, ok, type Result } from '../../../shared/result.ts'
import { encodePush } from '../protocol/encodeFrame.ts'
import type { EncodedFrame } from '../protocol/messages.ts'
import { describeError, type RealtimeLog } from '../realtimeLog.ts'
import type { RealtimeLimits } from '../realtimeLimits.ts'
import { checkVisibility, describeChange, mergedRow, type DescribedChange } from './changeAudience.ts'
import { matchesFilter } from './changeFilter.ts'
import { changePayloadJson } from './changePayload.ts'
import type { ChangeRegistry, ChangeSubscriber, SubscribeError } from './changeRegistry.ts'
import { createChangeStream, type ChangeStream, type RowChange } from './changeStream.ts'
import { prepareBinding, type PreparedBinding } from './prepareBinding.ts'

export interface ChangeRegistryOptions {
  readonly databaseUrl: string
  readonly pool: Sql
  readonly limits: RealtimeLimits
  readonly log: RealtimeLog
}

interface Subscription {
  readonly subscriber: ChangeSubscriber
  readonly bindings: readonly PreparedBinding[]
  readonly claimsJson: string
}

interface Match {
  readonly subscription: Subscription
  readonly bindings: readonly PreparedBinding[]
}

const publication = 'supabase_realtime'
const streamFailure = 'Unable to start the change stream. Is wal_level set to logical?'

/** Runs the change stream only while somebody is subscribed, so that an app without `postgres_changes` pays nothing. */
export function createChangeRegistry(options: ChangeRegistryOptions): ChangeRegistry {
  const { pool, limits, log } = options
  const subscriptions = new Map<string, Subscription>()
  let stream: { readonly source: ChangeStream; readonly started: Promise<void> } | null = null
  let lingerTimer: NodeJS.Timeout | null = null

  async function ensureStream(): Promise<void> {
    if (lingerTimer !== null) clearTimeout(lingerTimer)
    lingerTimer = null
    if (stream === null) {
      const source = createChangeStream({
        databaseUrl: options.databaseUrl,
        publication,
        limits,
        log,
        onChange: handleChange,
      })
      stream = { source, started: source.start() }
    }
    const mine = stream
    try {
      await mine.started
    } catch (error) {
      if (stream === mine) stream = null
      throw error
    }
  }

  async function handleChange(change: RowChange, committedAtMs: number): Promise<void> {
    try {
      await dispatch(change, committedAtMs)
    } catch (error) {
      log({ level: 'warn', message: 'A change could not be delivered', error: describeError(error) })
    }
  }

  async function dispatch(change: RowChange, committedAtMs: number): Promise<void> {
    const matches = [...subscriptions.values()].flatMap((subscription) => {
      const bindings = subscription.bindings.filter((binding) => isMatch(binding, change))
      return bindings.length === 0 ? [] : [{ subscription, bindings }]
    })
    if (matches.length === 0) return
    const described = await describeChange(pool, change)
    if (described === null) return
    for (const [role, ofRole] of groupBy(matches, (match) => match.subscription.subscriber.token.role)) {
      await deliverToRole(change, described, role, ofRole, committedAtMs)
    }
  }

  async function deliverToRole(
    change: RowChange,
    described: DescribedChange,
    role: string,
    matches: readonly Match[],
    committedAtMs: number,
  ): Promise<void> {
    const claims = [...new Set(matches.map((match) => match.subscription.claimsJson))]
    const { selectableNames, visible } = await checkVisibility(pool, change, described, role, claims)
    const mayTell = new Map(claims.map((json, index) => [json, visible[index] === true]))
    const tooLarge = sizeOf(change) > limits.maxChangeBytes
    const payloads = new Map<string, string>()
    const frames = new Map<string, EncodedFrame>()
    for (const { subscription, bindings } of matches) {
      if (mayTell.get(subscription.claimsJson) !== true) continue
      for (const [selectKey, sameColumns] of groupBy(bindings, (binding) => JSON.stringify(binding.select))) {
        let data = payloads.get(selectKey)
        if (data === undefined) {
          const select = sameColumns[0]?.select ?? null
          data = changePayloadJson(change, described, { selectableNames, select, committedAtMs, tooLarge })
          payloads.set(selectKey, data)
        }
        const ids = JSON.stringify(sameColumns.map((binding) => binding.id))
        const { version, wireTopic, deliver } = subscription.subscriber
        const frameKey = JSON.stringify([version, wireTopic, ids, selectKey])
        const frame =
          frames.get(frameKey) ??
          encodePush(version, wireTopic, 'postgres_changes', `{"ids":${ids},"data":${data}}`)
        frames.set(frameKey, frame)
        deliver(frame)
      }
    }
  }

  function stopWhenUnused(): void {
    if (subscriptions.size > 0 || stream === null || lingerTimer !== null) return
    lingerTimer = setTimeout(() => {
      lingerTimer = null
      // Somebody who was still subscribing when the last one left.
      if (subscriptions.size > 0) return
      const { source } = stream ?? {}
      stream = null
      void source?.stop()
    }, limits.changeStreamLingerMs)
    lingerTimer.unref()
  }

  return {
    async subscribe(subscriber): Promise<Result<null, SubscribeError>> {
      const bindings: PreparedBinding[] = []
      for (const binding of subscriber.bindings) {
        const prepared = await prepareBinding(pool, publication, binding, subscriber.token.role)
        if (!prepared.ok) return err({ kind: 'badBinding', message: prepared.error })
        bindings.push(prepared.value)
      }
      try {
        await ensureStream()
      } catch (error) {
        log({ level: 'warn', message: 'The change stream cannot start', error: describeError(error) })
        return err({ kind: 'streamUnavailable', message: streamFailure })
      }
      const claimsJson = JSON.stringify(subscriber.token.claims)
      subscriptions.set(subscriber.id, { subscriber, bindings, claimsJson })
      return ok(null)
    },
    unsubscribe(id) {
      if (subscriptions.delete(id)) stopWhenUnused()
    },
    async close() {
      if (lingerTimer !== null) clearTimeout(lingerTimer)
      subscriptions.clear()
      await stream?.source.stop()
      stream = null
    },
  }
}

function isMatch(binding: PreparedBinding, change: RowChange): boolean {
  const { schema, table } = change.relation
  if (binding.schema !== '*' && binding.schema !== schema) return false
  if (binding.table !== '*' && binding.table !== table) return false
  if (binding.action !== '*' && binding.action.toLowerCase() !== change.kind) return false
  return matchesFilter(binding.conditions, change.kind === 'delete' ? change.oldRow : mergedRow(change))
}

function sizeOf(change: RowChange): number {
  const rows = [change.kind === 'delete' ? null : change.row, change.kind === 'insert' ? null : change.oldRow]
  return rows.reduce(
    (sum, row) => sum + [...(row?.values() ?? [])].reduce((bytes, value) => bytes + (value?.length ?? 0), 0),
    0,
  )
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}
