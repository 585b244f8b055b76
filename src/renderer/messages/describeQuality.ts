import type { TFunction } from 'i18next'
import type { LinkQuality } from '../core/quality/selectLinkQuality.ts'

/** A link's quality in words. */
export interface QualityWords {
  /** A few words for a tile: "Weak network: video lowered". */
  readonly short: string
  /** The same, with why and on which side. */
  readonly full: string
}

/** Says how a link does, what is worst about it, and whose it is. A lowered picture on a good link is nobody's business. */
export function describeQuality(t: TFunction, quality: LinkQuality): QualityWords {
  const { grade, reason, video } = quality
  const head = t(reason?.cause === 'cpu' ? 'room.quality.busy' : `room.quality.${grade}`)
  const isTold = video === 'paused' ? grade !== 'unknown' : video === 'lowered' && reason !== null
  const short = isTold ? t(`room.quality.${video === 'paused' ? 'paused' : 'lowered'}`, { head }) : head
  if (reason === null) return { short, full: short }
  const isPlainlyOurs = reason.cause === 'cpu' || reason.cause === 'bandwidth'
  const side = isPlainlyOurs || reason.side === 'unknown' ? [] : [t(`room.quality.side.${reason.side}`)]
  return { short, full: [`${short}.`, t(`room.quality.cause.${reason.cause}`), ...side].join(' ') }
}
