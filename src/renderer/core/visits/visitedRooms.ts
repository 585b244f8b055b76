/** Rooms of which it is remembered that one has been there; the oldest are forgotten. */
const VISITED_MAX_COUNT = 500

/** The ids of rooms one has been in, the latest last. */
export type VisitedRooms = readonly string[]

/** The rooms after another visit; the same list where that room was the latest already. */
export function addVisit(visited: VisitedRooms, roomId: string): VisitedRooms {
  if (visited.at(-1) === roomId) return visited
  return [...visited.filter((known) => known !== roomId), roomId].slice(-VISITED_MAX_COUNT)
}

/**
 * Whether somebody comes in listening: into a room that is open to everybody, where they have not been yet, with people whom they may not
 * know. `isOpenToAll`: neither one's own nor one that one was invited to.
 */
export function comesListening(
  room: { readonly roomId: string; readonly isOpenToAll: boolean },
  visited: VisitedRooms,
  listensFirst: boolean,
): boolean {
  return listensFirst && room.isOpenToAll && !visited.includes(room.roomId)
}
