import { useStore } from 'zustand'
import { selectRoomName } from '../core/lobby/selectRoomName.ts'
import { useSession } from './services.ts'

/** The name of a room, where what the person sees already has it; null where it does not. Asks nobody. */
export function useRoomName(): (roomId: string) => string | null {
  const { lobby, recurring } = useSession()
  const list = useStore(lobby.store, (state) => state.list)
  const recent = useStore(lobby.store, (state) => state.recent)
  const rooms = useStore(recurring.store, (state) => state.rooms)
  return (roomId) => selectRoomName(roomId, { lists: [list, recent], recurring: rooms })
}
