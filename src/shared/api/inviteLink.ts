/** What an invite's link says. */
export interface InviteLink {
  readonly roomId: string
  readonly inviteCode: string
}

const linkPattern =
  /^studyhall:\/\/join\/([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})\?invite=([\w-]{16,64})$/

/** The link that opens Studyhall at a room's door: `studyhall://join/<roomId>?invite=<code>`. */
export function buildInviteLink({ roomId, inviteCode }: InviteLink): string {
  return `studyhall://join/${roomId}?invite=${inviteCode}`
}

/**
 * What a link says; null for anything but exactly what `buildInviteLink` makes.
 * SECURITY: links come from anywhere. Nothing is decoded, cut off or passed over.
 */
export function parseInviteLink(text: string): InviteLink | null {
  const [, roomId, inviteCode] = linkPattern.exec(text) ?? []
  return roomId !== undefined && inviteCode !== undefined ? { roomId, inviteCode } : null
}
