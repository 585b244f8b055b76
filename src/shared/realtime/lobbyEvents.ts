import { z } from 'zod'
import { roomSummarySchema } from '../domain/room.ts'

/** The lobby's topic. The database writes, clients only read; it carries public rooms only. */
export const LOBBY_TOPIC = 'rooms:lobby'

/** A public room was opened or has changed: `room_changed` with the room as the lobby lists it. */
export const roomChangedSchema = roomSummarySchema
/** A room closed, or is hidden from now on: `room_removed`. */
export const roomRemovedSchema = z.object({ id: z.uuid() })

/** Event names on the lobby's topic. */
export const LOBBY_EVENTS = { roomChanged: 'room_changed', roomRemoved: 'room_removed' } as const
