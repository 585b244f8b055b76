import type { DeviceClass } from './qualityInput.ts'

/**
 * By the number of logical processors, which every browser tells. Measured on two cores without a GPU: four people at 640×480@24
 * leave no margin, at 640×360@15 they do.
 */
export function selectDeviceClass(hardwareConcurrency: number | null): DeviceClass {
  if (hardwareConcurrency === null) return 'ordinary'
  if (hardwareConcurrency <= 2) return 'weak'
  return hardwareConcurrency >= 8 ? 'strong' : 'ordinary'
}
