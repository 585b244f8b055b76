import { z } from 'zod'
import { roomSummarySchema } from '../../../../src/shared/domain/room.ts'

/**
 * A room as the database lists it. `sortKey`: what it is sorted by there when the list is in the order of names; compared
 * by code points. It stays in here: clients get summaries.
 */
export const orderedRoomSchema = roomSummarySchema.extend({ sortKey: z.string().optional() })
export type OrderedRoom = z.infer<typeof orderedRoomSchema>
