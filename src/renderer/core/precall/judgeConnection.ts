import type { RelayReading } from '../ports/connectionTest.ts'
import type { DeviceClass, StartingQuality } from '../quality/qualityInput.ts'

/** What a call of four with video takes at the least, and what it takes to be at ease; bits per second. From the product's plan. */
export const MINIMUM_UPLOAD_BPS = 1_500_000
export const MINIMUM_DOWNLOAD_BPS = 3_000_000
export const RECOMMENDED_UPLOAD_BPS = 3_000_000
export const RECOMMENDED_DOWNLOAD_BPS = 6_000_000
/** Below this share of the minimum even small pictures would take the sound's place. */
const SMALL_PICTURES_SHARE = 1 / 3
/** Loss at which video is a slide show however fast the line is. */
const HEAVY_LOSS_RATIO = 0.1
/** Loss at which large pictures do not pay. */
const SOME_LOSS_RATIO = 0.03
/** What was measured before a call. Rates are bits per second; null: not measured, as the backend is on this machine. */
export interface ConnectionReadings {
  readonly uploadBps: number | null
  readonly downloadBps: number | null
  readonly relay: RelayReading
  readonly deviceClass: DeviceClass
}

/** What held the quality down, or that nothing did. */
export type VerdictReason = 'recommended' | 'slowUpload' | 'slowDownload' | 'loss' | 'machine'

/** What a call begins with. A person may choose otherwise, and the call follows the network from there. */
export interface ConnectionVerdict {
  /** What machine and line are good for, all in all. */
  readonly quality: StartingQuality
  /** How large one's own picture begins, by the line alone: what the machine can do holds during the whole call. */
  readonly sends: StartingQuality
  /** How large others' pictures begin, by the line alone. */
  readonly receives: StartingQuality
  /** Whether this machine carries a background beside the call. The line does not mind: what is blurred takes fewer bits. */
  readonly isBlurAdvised: boolean
  readonly reason: VerdictReason
}

/** The sizes that the quality kernel lets each kind of machine capture. */
export const machineQualities: Readonly<Record<DeviceClass, StartingQuality>> = {
  weak: '360p',
  ordinary: '480p',
  strong: '720p',
}

const qualities: readonly StartingQuality[] = ['audioOnly', '360p', '480p', '720p']

/**
 * What to begin a call with. Each reading allows a quality; the lowest one holds, and tells why. More of anything never makes it
 * worse.
 */
export function judgeConnection(readings: ConnectionReadings): ConnectionVerdict {
  const upload = byRate(readings.uploadBps, MINIMUM_UPLOAD_BPS, RECOMMENDED_UPLOAD_BPS)
  const download = byRate(readings.downloadBps, MINIMUM_DOWNLOAD_BPS, RECOMMENDED_DOWNLOAD_BPS)
  const loss = byRelay(readings.relay)
  const allowed: readonly { readonly quality: StartingQuality; readonly reason: VerdictReason }[] = [
    { quality: upload, reason: 'slowUpload' },
    { quality: download, reason: 'slowDownload' },
    { quality: loss, reason: 'loss' },
    { quality: machineQualities[readings.deviceClass], reason: 'machine' },
  ]
  const lowest = allowed.reduce((low, next) =>
    rankQuality(next.quality) < rankQuality(low.quality) ? next : low,
  )
  return {
    quality: lowest.quality,
    sends: selectLower(upload, loss),
    receives: selectLower(download, loss),
    isBlurAdvised: readings.deviceClass !== 'weak',
    reason: lowest.quality === '720p' ? 'recommended' : lowest.reason,
  }
}

function byRate(bps: number | null, minimumBps: number, recommendedBps: number): StartingQuality {
  if (bps === null || bps >= recommendedBps) return '720p'
  if (bps >= minimumBps) return '480p'
  return bps >= minimumBps * SMALL_PICTURES_SHARE ? '360p' : 'audioOnly'
}

/** A relay that is blocked says nothing of the direct way: most calls need none. */
function byRelay(relay: RelayReading): StartingQuality {
  if (relay.kind !== 'works') return '720p'
  if (relay.lossRatio >= HEAVY_LOSS_RATIO) return 'audioOnly'
  return relay.lossRatio >= SOME_LOSS_RATIO ? '360p' : '720p'
}

function selectLower(a: StartingQuality, b: StartingQuality): StartingQuality {
  return rankQuality(a) <= rankQuality(b) ? a : b
}

/** Higher is more. */
export function rankQuality(quality: StartingQuality): number {
  return qualities.indexOf(quality)
}
