import type { LocalMediaSnapshot } from '../ports/localMedia.ts'

/** Whether others can hear us, or will once the microphone has started. */
export function isMicrophoneHeard(media: LocalMediaSnapshot): boolean {
  if (media.isMuted) return false
  return media.microphone.kind === 'on' || media.microphone.kind === 'starting'
}
