import { z } from 'zod'
import { DISPLAY_NAME_MAX_LENGTH } from '../limits.ts'
import { PASTED_LINK_MAX_LENGTH } from '../links/webInvitation.ts'

/*
 * What the page is told of hosting for people nearby and of being somebody's guest, and what it may ask.
 */

/**
 * Why hosting did not begin, or ended. `not_embedded`: another backend is in use; `not_owner`: another Studyhall window of this computer
 * runs the backend; `no_network`: there is none; `port_in_use`: the port that was asked for belongs to another program.
 */
export const hostingProblemSchema = z.enum([
  'not_embedded',
  'not_owner',
  'not_ready',
  'no_network',
  'port_in_use',
  'failed',
])
export type HostingProblem = z.infer<typeof hostingProblemSchema>

/** What this computer does for its guests at the moment. */
export const carriedLoadSchema = z.strictObject({
  /** Rooms with somebody in them, and the people in them; null: not known yet. */
  rooms: z.int().nonnegative().nullable(),
  people: z.int().nonnegative().nullable(),
  /** Of the whole computer, 0 to 100; null before the second reading. */
  cpuPercent: z.number().min(0).max(100).nullable(),
  /** What the whole computer sends over its networks, pictures of its media server included; null: this system does not tell. */
  sentBitsPerSecond: z.number().nonnegative().nullable(),
})
export type CarriedLoad = Readonly<z.infer<typeof carriedLoadSchema>>

export const hostingStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('off'), problem: hostingProblemSchema.nullable() }),
  z.strictObject({ kind: z.literal('starting') }),
  z.strictObject({
    kind: z.literal('on'),
    code: z.string(),
    /** The code is another one than when hosting began: the computer has other addresses. */
    hasMoved: z.boolean(),
    /** None while the computer is on no network; the code is the last one then. */
    addresses: z.array(z.string()).readonly(),
    port: z.int(),
    /** Apps of guests that are connected. */
    guests: z.int().nonnegative(),
  }),
])
export type HostingState = Readonly<z.infer<typeof hostingStateSchema>>

/** Why one is no guest any more. `stopped`: the host ended it. `lost`: it did not answer for too long. */
const guestEndSchema = z.strictObject({
  hostName: z.string(),
  reason: z.enum(['stopped', 'lost', 'changed']),
})

/** Whose guest one is. `isReachable`: the host answers; while it does not, it is tried again and again. */
export const guestStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none'), ended: guestEndSchema.nullable() }),
  z.strictObject({ kind: z.literal('joined'), hostName: z.string(), isReachable: z.boolean() }),
])
export type GuestState = Readonly<z.infer<typeof guestStateSchema>>

export const nearbyStateSchema = z.strictObject({ hosting: hostingStateSchema, guest: guestStateSchema })
export type NearbyState = Readonly<z.infer<typeof nearbyStateSchema>>

/**
 * What became of the wish to be somebody's guest. `bad_code`: it is none; `wrong_certificate`: another computer answers there than the one
 * the code is of; `refused`: the code is no longer good; `newer`: the host's Studyhall is too new for this one; `fixed`: the environment decides which backend is used; `hosting`: one
 * hosts oneself.
 */
export const joinOutcomeSchema = z.enum([
  'joined',
  'bad_code',
  'unreachable',
  'wrong_certificate',
  'refused',
  'full',
  'newer',
  'not_studyhall',
  'fixed',
  'hosting',
])
export type JoinOutcome = z.infer<typeof joinOutcomeSchema>

export const hostRequestSchema = z.strictObject({
  /** What guests are told of who hosts. */
  hostName: z.string().trim().min(1).max(DISPLAY_NAME_MAX_LENGTH),
})
/** The code as text; what it says is judged by the main process. */
export const joinRequestSchema = z.strictObject({ code: z.string().max(PASTED_LINK_MAX_LENGTH) })
