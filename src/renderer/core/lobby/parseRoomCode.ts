const roomId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The id of the room that a text is the code of; null for any other text. A room's code is its id. */
export function parseRoomCode(text: string): string | null {
  const code = text.trim().toLowerCase()
  return roomId.test(code) ? code : null
}
