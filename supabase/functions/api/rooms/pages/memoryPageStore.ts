import { createExpiringCache } from '../../expiringCache.ts'
import { PAGE_LIFE_MS } from './pageStore.ts'
import type { PageStore, RoomPage } from './pageStore.ts'

/** Different questions whose answers are kept at a time. */
const MAX_PAGES = 500

/** Keeps pages in this instance's memory: the default, and what is left while a shared store cannot be reached. */
export function createMemoryPageStore(now: () => number): PageStore {
  const pages = createExpiringCache<RoomPage & { readonly expiresAtMs: number }>({
    timeToLiveMs: PAGE_LIFE_MS,
    maxEntries: MAX_PAGES,
    now,
  })
  let timesForgotten = 0

  return {
    async look(key) {
      const kept = pages.get(key)
      const timesForgottenThen = timesForgotten
      return {
        page: kept ? { ...kept, remainingMs: kept.expiresAtMs - now() } : null,
        async keep({ rooms, tookMs }) {
          if (timesForgotten === timesForgottenThen) {
            pages.set(key, { rooms, tookMs, expiresAtMs: now() + PAGE_LIFE_MS })
          }
        },
      }
    },
    async forget() {
      timesForgotten += 1
      pages.clear()
    },
  }
}
