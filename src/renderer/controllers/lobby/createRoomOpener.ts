import type { CreateRoomRequest, CreateRoomResponse } from '../../../shared/api/rooms.ts'
import type { Result } from '../../../shared/result.ts'
import type { RoomsFailure, RoomsPort } from '../../core/ports/rooms.ts'

/** Opens one room, however often it has to be asked for. */
export type RoomOpener = (request: CreateRoomRequest) => Promise<Result<CreateRoomResponse, RoomsFailure>>

/**
 * Asks under one key for as long as nobody knows whether the room was opened: an answer that was lost on its way never
 * makes two rooms. What was refused, or changed in between, is another question with a key of its own.
 */
export function createRoomOpener(rooms: Pick<RoomsPort, 'create'>, newId: () => string): RoomOpener {
  let open: { readonly key: string; readonly question: string } | null = null
  return async (request) => {
    const question = JSON.stringify(request)
    const asked = open?.question === question ? open : { key: newId(), question }
    open = asked
    const answer = await rooms.create(request, asked.key)
    const isUnknown = !answer.ok && (answer.error.kind === 'unreachable' || answer.error.kind === 'internal')
    if (!isUnknown && open === asked) open = null
    return answer
  }
}
