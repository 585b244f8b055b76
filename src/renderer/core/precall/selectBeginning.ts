import type { QualityChoice } from '../../../shared/settings/settings.ts'
import type { DeviceClass, StartingQuality } from '../quality/qualityInput.ts'
import { type ConnectionVerdict, machineQualities, rankQuality } from './judgeConnection.ts'

/** Whose pictures begin smaller than they may become. `chosen`: nobody's, since the person has chosen a size, and that holds. */
export interface Beginning {
  readonly whose: 'own' | 'others' | 'all' | 'chosen'
  readonly size: Exclude<StartingQuality, 'audioOnly'> | '180p'
}

/**
 * What a verdict makes of the pictures with which a call begins, as `core/quality/startingCap` carries it out, to be said before joining.
 * Nothing where the line holds nothing down that the machine would not.
 */
export function selectBeginning(
  verdict: Pick<ConnectionVerdict, 'sends' | 'receives'>,
  choice: QualityChoice,
  deviceClass: DeviceClass,
): readonly Beginning[] {
  const { sends, receives } = verdict
  if (choice === 'dataSaver' || choice === 'audioOnly') return []
  if (choice !== 'auto') {
    const isLess = Math.min(rankQuality(sends), rankQuality(receives)) < rankQuality(choice)
    return isLess ? [{ whose: 'chosen', size: choice }] : []
  }
  const isOwnLess = rankQuality(sends) < rankQuality(machineQualities[deviceClass])
  const isTheirsLess = rankQuality(receives) < rankQuality(deviceClass === 'weak' ? '360p' : '720p')
  if (isOwnLess && isTheirsLess && sends === receives) return [{ whose: 'all', size: toSize(sends) }]
  return [
    ...(isOwnLess ? [{ whose: 'own', size: toSize(sends) } as const] : []),
    ...(isTheirsLess ? [{ whose: 'others', size: toSize(receives) } as const] : []),
  ]
}

/** Where sound alone is advised, pictures begin with the smallest that there is. */
function toSize(quality: StartingQuality): Beginning['size'] {
  return quality === 'audioOnly' ? '180p' : quality
}
