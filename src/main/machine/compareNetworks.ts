import type { NetworkInterfaceInfo } from 'node:os'
import type { MachineChange } from '../../shared/machine/machineFigures.ts'

/** The networks that a machine is in: interface and address; of IPv6 its prefix alone, because private addresses rotate within it (RFC 8981). */
export function selectNetworks(
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>,
): ReadonlySet<string> {
  const entries = Object.entries(interfaces).flatMap(([name, addresses = []]) =>
    addresses
      // Link-local addresses are there without any network.
      .filter(({ internal, address }) => !internal && !/^(fe80:|169\.254\.)/iu.test(address))
      .map(({ family, address }) => `${name} ${family === 'IPv6' ? prefixOf(address) : address}`),
  )
  return new Set(entries)
}

/** The first 64 bits; `::` stands for at least one group of zeros. */
function prefixOf(address: string): string {
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  const tailCount = tail === undefined || tail === '' ? 0 : tail.split(':').length
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - tailCount)
  return [...groups, ...Array.from({ length: zeros }, () => '0')].slice(0, 4).join(':')
}

/** What has happened from one look to the next; null: nothing that anybody could act on, as when the last network goes. */
export function compareNetworks(
  before: ReadonlySet<string>,
  now: ReadonlySet<string>,
): Extract<MachineChange, 'networkBack' | 'networkChanged'> | null {
  if (now.size === 0) return null
  if (before.size === 0) return 'networkBack'
  return before.size === now.size && [...before].every((network) => now.has(network))
    ? null
    : 'networkChanged'
}
