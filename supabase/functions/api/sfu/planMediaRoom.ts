import type { MediaCommand, MediaParticipant, MediaSource, WantedRoom } from './mediaRoom.ts'

/**
 * What makes a room on the media server what it should be: nothing where it is. Who has to go comes first.
 * SECURITY: whoever is not known to be inside goes, whatever their token says.
 */
export function planMediaRoom(
  wanted: WantedRoom,
  participants: readonly MediaParticipant[],
): readonly MediaCommand[] {
  if (!wanted.isOpen) return [{ kind: 'closeRoom' }]
  const inside = new Set(wanted.connectionIds)
  const muted = new Set(wanted.mutedConnectionIds)
  const removals: MediaCommand[] = []
  const changes: MediaCommand[] = []
  for (const { identity, canPublishSources, openMicrophoneIds } of participants) {
    if (!inside.has(identity)) {
      removals.push({ kind: 'remove', identity })
      continue
    }
    if (canPublishSources === null || !areSame(canPublishSources, wanted.canPublishSources))
      changes.push({ kind: 'permit', identity, canPublishSources: wanted.canPublishSources })
    if (muted.has(identity))
      changes.push(...openMicrophoneIds.map((trackId) => ({ kind: 'mute', identity, trackId }) as const))
  }
  return [...removals, ...changes]
}

function areSame(left: readonly MediaSource[], right: readonly MediaSource[]): boolean {
  return left.length === right.length && left.every((source) => right.includes(source))
}
