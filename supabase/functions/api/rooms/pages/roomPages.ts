import { ok } from '../../../../../src/shared/result.ts'
import type { Result } from '../../../../../src/shared/result.ts'
import type { OrderedRoom } from '../orderedRoom.ts'
import type { Refusal } from '../../refusal.ts'
import type { PageStore } from './pageStore.ts'

type Rooms = readonly OrderedRoom[]
/** Asks the database, in the name of whoever asks. */
type Ask = () => Promise<Result<Rooms, Refusal>>

/** A page, and whether it was this very request that asked the database, which thereby has verified its token. */
export interface FoundPage {
  readonly rooms: Rooms
  readonly isAskedFor: boolean
}

/** Pages of public rooms. */
export interface RoomPages {
  readonly find: (key: string, ask: Ask) => Promise<Result<FoundPage, Refusal>>
  readonly forget: () => Promise<void>
}

/** How often a request waits for another's question; where that is refused, it is for reasons of the other's own. */
const MAX_WAITS = 2

/**
 * Pages of public rooms by way of a store. However many requests want a page at the same moment, one of them looks into the
 * store and, if it is not there, asks the database; and while it is still good, one may ask early, the likelier the closer
 * its end is and the longer the database takes (X-Fetch, Vattani et al., 2015), so that instances do not all ask when it
 * ends.
 * @param random from 0 up to 1
 */
export function createRoomPages(store: PageStore, now: () => number, random: () => number): RoomPages {
  const underWay = new Map<string, Promise<Result<FoundPage, Refusal>>>()

  async function lookOrAsk(key: string, ask: Ask): Promise<Result<FoundPage, Refusal>> {
    const lookup = await store.look(key)
    if (lookup.page && lookup.page.tookMs * -Math.log(1 - random()) < lookup.page.remainingMs) {
      return ok({ rooms: lookup.page.rooms, isAskedFor: false })
    }
    const startedAtMs = now()
    const answer = await ask()
    if (!answer.ok) return answer
    // SECURITY: a private room is nobody else's business, whatever the database has answered.
    if (answer.value.every(({ privacy }) => privacy === 'public')) {
      await lookup.keep({ rooms: answer.value, tookMs: Math.max(0, now() - startedAtMs) })
    }
    return ok({ rooms: answer.value, isAskedFor: true })
  }

  async function find(key: string, ask: Ask): Promise<Result<FoundPage, Refusal>> {
    for (let waits = 0; waits < MAX_WAITS; waits++) {
      const others = underWay.get(key)
      if (!others) {
        const own = lookOrAsk(key, ask).finally(() => {
          if (underWay.get(key) === own) underWay.delete(key)
        })
        underWay.set(key, own)
        return await own
      }
      const found = await others
      if (found.ok) return ok({ rooms: found.value.rooms, isAskedFor: false })
    }
    const answer = await ask()
    return answer.ok ? ok({ rooms: answer.value, isAskedFor: true }) : answer
  }

  return {
    find,
    async forget() {
      // What is being asked now may not show what has just been changed.
      underWay.clear()
      await store.forget()
    },
  }
}
