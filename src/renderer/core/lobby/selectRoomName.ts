import type { LobbyList } from './lobbyList.ts'

/** The name of a room that the person sees listed, or that is open for one of their recurring rooms; null where they see none. */
export function selectRoomName(
  roomId: string,
  seen: {
    readonly lists: readonly LobbyList[]
    readonly recurring: readonly { readonly liveRoomId: string | null; readonly name: string }[]
  },
): string | null {
  const listed = seen.lists.flatMap(({ rooms }) => rooms).find(({ id }) => id === roomId)
  return listed?.name ?? seen.recurring.find(({ liveRoomId }) => liveRoomId === roomId)?.name ?? null
}
