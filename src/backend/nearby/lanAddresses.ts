import { BlockList, isIP } from 'node:net'
import type { NetworkInterfaceInfo } from 'node:os'
import { HOST_ADDRESSES_MAX_COUNT, isHostAddress } from '../../shared/nearby/hostCode.ts'

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
  // Of a site (RFC 4193), and of one link, from which a neighbour may come although nobody is reached there by a code.
  ['fd00::', 8],
  ['fe80::', 10],
])

function blockOf(ranges: readonly (readonly [string, number])[]): BlockList {
  const block = new BlockList()
  for (const [address, prefix] of ranges) block.addSubnet(address, prefix, familyOf(address))
  return block
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return address.includes(':') ? 'ipv6' : 'ipv4'
}

/**
 * The addresses to host on, the likeliest first: home and campus networks before addresses that the whole internet may see, IPv4 before
 * IPv6. Of IPv6 one an interface: a system has several at a time, some for a day only, and the lasting one of the site is told first. Without
 * link-local ones.
 */
export function lanAddresses(interfaces: Interfaces): readonly LanAddress[] {
  const found = Object.entries(interfaces).flatMap(([interfaceName, infos = []]) =>
    virtualName.test(interfaceName)
      ? []
      : [...ofFamily(infos, 'IPv4'), ...ofFamily(infos, 'IPv6').toSorted(byRank).slice(0, 1)].map(
          ({ address, netmask }) => ({ address, netmask, interfaceName }),
        ),
  )
  return found.toSorted(byRank).slice(0, HOST_ADDRESSES_MAX_COUNT)
}

function ofFamily(infos: readonly NetworkInterfaceInfo[], family: string): readonly NetworkInterfaceInfo[] {
  return infos.filter((info) => info.family === family && !info.internal && isHostAddress(info.address))
}

function byRank(one: { readonly address: string }, other: { readonly address: string }): number {
  return rankOf(one.address) - rankOf(other.address)
}

function rankOf(address: string): number {
  if (address.startsWith('169.254.')) return 4
  const isPrivate = privateRanges.check(address, familyOf(address))
  return (isPrivate ? 0 : 2) + (familyOf(address) === 'ipv6' ? 1 : 0)
}

/**
 * SECURITY: whether somebody is nearby: on a network of ours, or at an address that the internet does not carry. A laptop may have an
 * address that the whole internet reaches; who comes from there is not answered at all.
 */
export function isNearby(remoteAddress: string | undefined, own: readonly LanAddress[]): boolean {
  const remote = remoteAddress?.replace(/^::ffff:/, '') ?? ''
  // What a link-local address says of the interface is none of its bits.
  const plain = remote.replace(/%.*$/, '')
  if (isIP(plain) === 0) return false
  if (privateRanges.check(plain, familyOf(plain))) return true
  const networks = blockOf(own.map(({ address, netmask }) => [address, prefixOf(netmask)]))
  return networks.check(plain, familyOf(plain))
}

/** How many bits of a mask are set. */
function prefixOf(netmask: string): number {
  const numbers = netmask.includes(':')
    ? netmask.split(':').map((part) => Number.parseInt(part || '0', 16))
    : netmask.split('.').map(Number)
  return numbers.reduce((bits, number) => bits + number.toString(2).replaceAll('0', '').length, 0)
}
