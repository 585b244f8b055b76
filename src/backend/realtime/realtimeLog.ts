/** One line of the server's log. Values are never tokens, keys or payloads. */
export interface RealtimeLogEntry {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly message: string
  readonly [field: string]: unknown
}

export type RealtimeLog = (entry: RealtimeLogEntry) => void

/** The text of whatever was thrown, for the log. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
