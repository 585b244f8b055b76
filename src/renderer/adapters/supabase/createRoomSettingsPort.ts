import type { RoomSettingsPort } from '../../core/ports/roomSettings.ts'
import { nothingSchema, type RequestOptions, sendRequest } from './sendRequest.ts'

/** A room's settings by the HTTP API. */
export function createRoomSettingsPort(options: RequestOptions): RoomSettingsPort {
  const ask = (method: 'PATCH' | 'PUT' | 'DELETE', roomId: string, rest: string, body?: unknown) =>
    sendRequest(options, {
      method,
      address: `${options.url}/functions/v1/api/rooms/${encodeURIComponent(roomId)}${rest}`,
      schema: nothingSchema,
      body,
      headers: {},
    })
  return {
    update: (roomId, changes) => ask('PATCH', roomId, '/settings', changes),
    setLocked: (roomId, isLocked) => ask('PUT', roomId, '/lock', { isLocked }),
    close: (roomId) => ask('DELETE', roomId, ''),
  }
}
