import type { DescribedChange } from './changeAudience.ts'
import type { RowChange } from './changeStream.ts'

const actions = { insert: 'INSERT', update: 'UPDATE', delete: 'DELETE' } as const
/** Of a row that is too large only values up to this many bytes travel, as with Supabase. */
const shortValueBytes = 64

/** The `data` of a `postgres_changes` message as JSON text, for those who may read these columns. */
export function changePayloadJson(
  change: RowChange,
  described: DescribedChange,
  audience: {
    readonly selectableNames: ReadonlySet<string>
    readonly select: readonly string[] | null
    readonly committedAtMs: number
    readonly tooLarge: boolean
  },
): string {
  const { selectableNames, select, tooLarge } = audience
  const { schema, table } = change.relation
  const type = actions[change.kind]
  const keys = new Set(described.keyNames)
  const base = { schema, table, type, commit_timestamp: new Date(audience.committedAtMs).toISOString() }
  const problem = refusal(change, described, selectableNames)
  if (problem !== null) return JSON.stringify({ ...base, columns: [], record: {}, errors: [problem] })

  const isSent = (name: string) =>
    selectableNames.has(name) && (select === null || select.includes(name) || keys.has(name))
  const isOldSent = (name: string) =>
    isSent(name) && !(change.kind === 'delete' && described.hasPolicies && !keys.has(name))
  const isShort = (value: unknown) =>
    !tooLarge || Buffer.byteLength(JSON.stringify(value) ?? '') <= shortValueBytes
  const pick = (record: Readonly<Record<string, unknown>>, isPicked: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(record).filter(([name, value]) => isPicked(name) && isShort(value)))

  return JSON.stringify({
    ...base,
    columns: described.columns.filter(({ name }) => isSent(name)),
    ...(change.kind === 'delete' ? {} : { record: pick(described.record, isSent) }),
    ...(change.kind === 'insert' ? {} : { old_record: pick(described.oldRecord, isOldSent) }),
    errors: tooLarge ? ['Error 413: Payload Too Large'] : null,
  })
}

/** Why nothing of the row may be told, in Supabase's words, or null. */
function refusal(
  change: RowChange,
  described: DescribedChange,
  selectableNames: ReadonlySet<string>,
): string | null {
  if (change.kind === 'delete') return null
  if (described.keyNames.length === 0) return 'Error 400: Bad Request, no primary key'
  return described.keyNames.every((name) => selectableNames.has(name)) ? null : 'Error 401: Unauthorized'
}
