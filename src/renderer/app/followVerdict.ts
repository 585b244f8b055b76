import type { ConnectionTestController, LocalMediaController } from '../controllers/contracts.ts'

/**
 * Turns the camera off when the connection turns out to carry sound alone; the page before joining says why. Each verdict counts
 * once: who turns the camera on again keeps it. What the person has chosen for other days is left as it is.
 */
export function followVerdict(
  connectionTest: ConnectionTestController,
  localMedia: LocalMediaController,
): () => void {
  return connectionTest.store.subscribe((state, before) => {
    if (state.kind !== 'done' || state === before) return
    const { camera } = localMedia.store.getState()
    const isRunning = camera.kind === 'on' || camera.kind === 'starting'
    if (state.verdict.quality === 'audioOnly' && isRunning) void localMedia.setCameraOn(false)
  })
}
