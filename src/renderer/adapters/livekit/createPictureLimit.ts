import { type RemoteTrackPublication, VideoQuality } from 'livekit-client'
import type { Subscription } from '../../core/quality/qualityPlan.ts'
import { selectSubscribedLayer } from '../../core/quality/simulcast.ts'

/** The part of a publication that limiting needs. */
export type LimitedPublication = Pick<
  RemoteTrackPublication,
  'setEnabled' | 'setVideoQuality' | 'setVideoFPS'
>

/** More frames a second than any camera gives. */
const ANY_FRAMERATE = 120

const qualities = { low: VideoQuality.LOW, medium: VideoQuality.MEDIUM, high: VideoQuality.HIGH } as const

/**
 * Asks the server for no more of somebody's picture than is wanted, and for nothing of it where it is not; null: nothing is said of this
 * person. The client's own `adaptiveStream` goes on beside it: of the layer and of the element's size it asks for the smaller one, so that both
 * bounds hold. Whether a picture is sent at all, elements decide only until it is said here for the first time.
 */
export function createPictureLimit(publication: LimitedPublication): (wanted: Subscription | null) => void {
  let isLimited = false
  return (wanted) => {
    // As before, or whoever waits for the first picture by this path would wait in vain.
    if (wanted === null && !isLimited) return
    isLimited = wanted !== null
    const layer = wanted === null ? 'high' : selectSubscribedLayer(wanted.picture)
    if (layer === 'none') return publication.setEnabled(false)
    // Size and rate first, so that nothing larger comes before what is wanted.
    publication.setVideoQuality(qualities[layer])
    publication.setVideoFPS(wanted?.picture?.framerate ?? ANY_FRAMERATE)
    publication.setEnabled(true)
  }
}
