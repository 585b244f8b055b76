import { z } from 'zod'
import { orderedRoomSchema } from '../orderedRoom.ts'
import { PAGE_LIFE_MS } from './pageStore.ts'
import type { PageStore, RoomPage } from './pageStore.ts'

/** How long the number of an edition outlives its last use: far longer than any page. */
const EDITION_LIFE_MS = 3_600_000

/** Of how pages are written. Raised when that changes, so that older and newer instances can run side by side. */
const FORMAT_VERSION = 1

/**
 * Pages live in editions: forgetting everything is to begin a new one, whose pages have other keys. A page that was asked
 * for before still goes into the edition of that time, where nobody looks any more; old ones expire by themselves.
 *
 * One look is one round trip. The keys share a hash tag, so that in a cluster they are all in one place.
 */
export const LOOK_SCRIPT = `
local edition = redis.call('get', KEYS[1]) or '0'
local key = KEYS[1] .. ':' .. edition .. ':' .. ARGV[1]
return { edition, redis.call('get', key), redis.call('pttl', key) }`

/** The commands that a shared store is made of, whichever client speaks them. */
export interface RedisCommands {
  /** Runs a script with one key and one argument. */
  run(script: string, key: string, argument: string): Promise<unknown>
  set(key: string, text: string, lifeMs: number): Promise<unknown>
  /** Adds one to a number and sets how long it lives, both or neither. */
  increment(key: string, lifeMs: number): Promise<unknown>
}

const lookSchema = z.tuple([z.string(), z.string().nullable(), z.number()])
const pageSchema = z.object({
  // SECURITY: nothing that somebody else may have put there reaches a client but public rooms.
  rooms: z.array(orderedRoomSchema.extend({ privacy: z.literal('public') })),
  tookMs: z.number().nonnegative(),
})

/**
 * Pages in a Redis, however it is reached.
 * @param project names whose pages they are, as several projects may share one Redis
 */
export function createSharedPages(reach: () => Promise<RedisCommands>, project: string): PageStore {
  const edition = editionKey(project)
  return {
    async look(question) {
      const [commands, root, page] = await Promise.all([reach(), edition, digest(question)])
      const answer = await commands.run(LOOK_SCRIPT, root, page)
      const [number, text, remainingMs] = lookSchema.parse(answer)
      const kept = text === null ? null : readPage(text)
      return {
        page: kept && remainingMs > 0 ? { ...kept, remainingMs } : null,
        async keep(fresh) {
          await commands.set(`${root}:${number}:${page}`, JSON.stringify(fresh), PAGE_LIFE_MS)
        },
      }
    },
    async forget() {
      const [commands, root] = await Promise.all([reach(), edition])
      await commands.increment(root, EDITION_LIFE_MS)
    },
  }
}

/** The key of the edition's number; those of its pages begin with it. */
export async function editionKey(project: string): Promise<string> {
  return `{studyhall:${(await digest(project)).slice(0, 16)}:rooms}:v${FORMAT_VERSION}`
}

/** SHA-256: keys have one length, and nobody who looks at them reads what people search for. */
async function digest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Null for what cannot be read: it counts as not there. */
function readPage(text: string): RoomPage | null {
  try {
    return pageSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
