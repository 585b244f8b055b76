import { z } from 'zod'
import { DISPLAY_NAME_MAX_LENGTH } from '../limits.ts'
import { HOST_ADDRESSES_MAX_COUNT, isHostAddress } from './hostCode.ts'

/*
 * What a guest's app and the host's gateway say to each other beside what is forwarded. A guest opens `GET /nearby/events` and keeps it
 * open: lines of JSON, the first of which says who hosts.
 */

export const NEARBY_EVENTS_PATH = '/nearby/events'
/** What the media server's signaling goes through: `/nearby/media/<key>/rtc…`. A page cannot give a WebSocket a header. */
export const NEARBY_MEDIA_PATH = '/nearby/media'
/** Rises when an older app could not make sense of a newer host. */
export const NEARBY_PROTOCOL = 1
/** The host says at least this often that it is there; a guest waits for three of them. */
export const NEARBY_ALIVE_INTERVAL_MS = 4_000

/**
 * `hello` comes first. `addresses`: where the host is, told at first and whenever that changes; none while it is on no network.
 * `stopping`: the host ends it on purpose; nothing comes after it.
 */
export const nearbyEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('hello'),
    protocol: z.int(),
    hostName: z.string().min(1).max(DISPLAY_NAME_MAX_LENGTH),
  }),
  z.object({ kind: z.literal('alive') }),
  z.object({
    kind: z.literal('addresses'),
    // SECURITY: those at which a guest may look for a host; any other is as if it were not there.
    addresses: z
      .array(z.string().max(64))
      .max(32)
      .transform((told): readonly string[] => told.filter(isHostAddress).slice(0, HOST_ADDRESSES_MAX_COUNT)),
  }),
  z.object({ kind: z.literal('stopping') }),
])
export type NearbyEvent = Readonly<z.infer<typeof nearbyEventSchema>>
