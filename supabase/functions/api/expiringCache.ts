/** Values that are good for a while, in memory. Holds `maxEntries` at most; the oldest goes first. */
export interface ExpiringCache<T> {
  get(key: string): T | undefined
  set(key: string, value: T): void
  /** Forgets everything. */
  clear(): void
}

/** `now` in milliseconds. */
export function createExpiringCache<T>(options: {
  readonly timeToLiveMs: number
  readonly maxEntries: number
  readonly now: () => number
}): ExpiringCache<T> {
  const entries = new Map<string, { readonly value: T; readonly expiresAtMs: number }>()
  return {
    get(key) {
      const entry = entries.get(key)
      if (!entry) return undefined
      if (entry.expiresAtMs > options.now()) return entry.value
      entries.delete(key)
      return undefined
    },
    clear: () => entries.clear(),
    set(key, value) {
      entries.delete(key)
      entries.set(key, { value, expiresAtMs: options.now() + options.timeToLiveMs })
      const oldest = entries.keys().next()
      if (entries.size > options.maxEntries && !oldest.done) entries.delete(oldest.value)
    },
  }
}
