import { DEVICE_ORDER_MAX_COUNT } from '../../../shared/limits.ts'
import type { DeviceInfo } from '../ports/localMedia.ts'

/**
 * Which device to use: the chosen one where it is there, else the one that the person chose most recently before it and that is. Null is
 * the system's default, as a choice or because nothing known is there. `order` begins with the latest choice.
 */
export function selectDevice(
  chosenId: string | null,
  order: readonly string[],
  present: readonly DeviceInfo[],
): string | null {
  if (chosenId === null) return null
  // Without permission nothing is listed: opening the chosen one will tell.
  if (present.length === 0) return chosenId
  const isThere = (deviceId: string): boolean => present.some((device) => device.deviceId === deviceId)
  return [chosenId, ...order].find(isThere) ?? null
}

/** The order after a choice; what was not chosen for long is forgotten. The system's default is no device of its own. */
export function rememberDevice(order: readonly string[], deviceId: string | null): string[] {
  if (deviceId === null) return [...order]
  return [deviceId, ...order.filter((known) => known !== deviceId)].slice(0, DEVICE_ORDER_MAX_COUNT)
}
