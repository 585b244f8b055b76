import type { ConnectionTestController, LocalMediaController } from '../controllers/contracts.ts'
import type { OwnedQualityController } from '../controllers/quality/createQualityController.ts'

/**
 * Has a call begin as the test before joining says; the page before joining says why. The camera is turned off when the connection carries
 * sound alone, once for each verdict: who turns it on again keeps it. Sizes and background are the quality plan's to hold down and to give
 * back. What the person has chosen for other days is left as it is.
 */
export function followVerdict(
  connectionTest: ConnectionTestController,
  localMedia: LocalMediaController,
  quality: Pick<OwnedQualityController, 'setStart'>,
): () => void {
  return connectionTest.store.subscribe((state, before) => {
    if (state.kind !== 'done' || state === before) return
    const { verdict, readings } = state
    quality.setStart({
      uplinkBps: readings.uploadBps,
      sends: verdict.sends,
      receives: verdict.receives,
      reason: verdict.reason === 'loss' ? 'loss' : 'bandwidth',
      carriesBackground: verdict.isBlurAdvised,
    })
    const { camera } = localMedia.store.getState()
    const isRunning = camera.kind === 'on' || camera.kind === 'starting'
    if (verdict.quality === 'audioOnly' && isRunning) void localMedia.setCameraOn(false)
  })
}
