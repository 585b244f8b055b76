import type { LanAddress } from './lanAddresses.ts'

/** How often the computer's addresses are read while it hosts: some microseconds each. */
const READ_INTERVAL_MS = 1_500

/** What to compare readings with, and the reading before, which a change has to last for. */
export interface AddressState {
  readonly used: string
  readonly before: string
}

/**
 * Whether to move: the addresses are others than those in use, and have been the same twice. Wi-Fi that roams is without an address for a
 * moment, and a move interrupts whoever is connected.
 */
export function judgeReading(
  { used, before }: AddressState,
  reading: string,
): { readonly before: string; readonly isMove: boolean } {
  return { before: reading, isMove: reading !== used && reading === before }
}

/** A set of addresses as text, whatever its order. */
export function describeAddresses(addresses: readonly LanAddress[]): string {
  return addresses
    .map(({ address, netmask }) => `${address}/${netmask}`)
    .toSorted()
    .join()
}

/**
 * Tells when the computer is at other addresses than those in use. `used` is asked each time, so that a move that failed is wanted
 * again. Ends with `signal`.
 */
export function watchAddresses(options: {
  readonly read: () => readonly LanAddress[]
  readonly used: () => readonly LanAddress[]
  readonly onMove: (addresses: readonly LanAddress[]) => void
  readonly signal: AbortSignal
  readonly intervalMs?: number
}): void {
  let before = describeAddresses(options.used())
  const timer = setInterval(() => {
    const addresses = options.read()
    const used = describeAddresses(options.used())
    const judged = judgeReading({ used, before }, describeAddresses(addresses))
    before = judged.before
    if (judged.isMove) options.onMove(addresses)
  }, options.intervalMs ?? READ_INTERVAL_MS)
  options.signal.addEventListener('abort', () => clearInterval(timer), { once: true })
}
