import { BlockList, isIPv4 } from 'node:net'
import type { NetworkInterfaceInfo } from 'node:os'
import { HOST_ADDRESSES_MAX_COUNT } from '../../shared/nearby/hostCode.ts'

/** An address of this computer on a network that others may be on, too. */
export type LanAddress = {
  readonly address: string
  readonly netmask: string
  readonly interfaceName: string
}

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

/** Networks that reach no other computer nearby: of containers, virtual machines and tunnels. */
const virtualName =
  /^(docker|br-|veth|virbr|vmnet|vboxnet|tun|tap|utun|ppp|wg|zt|tailscale|llw|awdl|bridge\d|vEthernet|VirtualBox|VMware)/i

const privateRanges = blockOf([
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
])

function blockOf(ranges: readonly (readonly [string, number])[]): BlockList {
  const block = new BlockList()
  for (const [address, prefix] of ranges) block.addSubnet(address, prefix)
  return block
}

/** The addresses to host on, the likeliest first: home and campus networks before addresses that the whole internet may see. */
export function lanAddresses(interfaces: Interfaces): readonly LanAddress[] {
  const found = Object.entries(interfaces).flatMap(([interfaceName, infos = []]) =>
    virtualName.test(interfaceName)
      ? []
      : infos
          .filter((info) => info.family === 'IPv4' && !info.internal)
          .map(({ address, netmask }) => ({ address, netmask, interfaceName })),
  )
  const rank = ({ address }: LanAddress): number =>
    address.startsWith('169.254.') ? 2 : privateRanges.check(address) ? 0 : 1
  return found.toSorted((one, other) => rank(one) - rank(other)).slice(0, HOST_ADDRESSES_MAX_COUNT)
}

/**
 * SECURITY: whether somebody is nearby: on a network of ours, or at an address that the internet does not carry. A laptop may have an
 * address that the whole internet reaches; who comes from there is not answered at all.
 */
export function isNearby(remoteAddress: string | undefined, own: readonly LanAddress[]): boolean {
  const remote = remoteAddress?.replace(/^::ffff:/, '') ?? ''
  if (!isIPv4(remote)) return false
  if (privateRanges.check(remote)) return true
  return own.some(
    ({ address, netmask }) => (toBits(remote) & toBits(netmask)) === (toBits(address) & toBits(netmask)),
  )
}

function toBits(address: string): number {
  return address.split('.').reduce((bits, part) => (bits << 8) | Number(part), 0)
}
