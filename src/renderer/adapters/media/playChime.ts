import type { ShortSound } from '../../core/ports/capture.ts'
import { createChimeWave } from './chimeWave.ts'

/** Plays a chime on the speaker that `route` leads it to. Resolves when it is over, or when it cannot be played. */
export async function playChime(
  sound: ShortSound,
  route: (element: HTMLAudioElement) => Promise<void>,
): Promise<void> {
  const url = URL.createObjectURL(new Blob([createChimeWave(sound)], { type: 'audio/wav' }))
  const element = new Audio(url)
  try {
    await route(element)
    const over = new Promise<void>((resolve) => {
      element.addEventListener('ended', () => resolve(), { once: true })
      element.addEventListener('error', () => resolve(), { once: true })
    })
    await element.play()
    await over
  } catch {
    // No speaker at all: there is nothing to hear, which is what the person wanted to know.
  } finally {
    URL.revokeObjectURL(url)
  }
}
