/*
 * What somebody who hosts for people nearby hands to them: where their computer is, by what it proves that it is theirs, and what
 * lets a guest in. `192.168.1.7_fd12-3456--7:47310~<fingerprint>~<key>`, and `~<room>` where it leads into one. IPv6 addresses have dashes for
 * colons: brackets do not get through every program that hands a link on.
 */

/** Addresses that a code may name: a laptop has one or two networks. */
export const HOST_ADDRESSES_MAX_COUNT = 4

export interface HostCode {
  /** IPv4, and IPv6 as RFC 5952 writes it; the likeliest first. */
  readonly addresses: readonly string[]
  readonly port: number
  /** SHA-256 of the certificate (DER) as base64url. The guest's app talks to nobody who has another one. */
  readonly fingerprint: string
  /** 128 random bits as base64url, new each time that hosting begins: without it nobody is let in. */
  readonly key: string
  /** The room to go to; null: to the lobby. */
  readonly roomId: string | null
}

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const ipv4 = `${octet}(?:\\.${octet}){3}`
const address = `(?:${ipv4}|(?=[\\da-f]*-)[\\da-f-]{2,39})`
// The last characters stand for bits that are there: each value is written in one way only.
const fingerprint = '[\\w-]{42}[AEIMQUYcgkosw048]'
const key = '[\\w-]{21}[AQgw]'
const room = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}'
const codePattern = new RegExp(
  `^(${address}(?:_${address}){0,${HOST_ADDRESSES_MAX_COUNT - 1}}):([1-9]\\d{0,4})~(${fingerprint})~(${key})(?:~(${room}))?$`,
)

const linkPrefix = 'studyhall://host/'

/** The code as text, which `parseHostCode` reads. */
export function buildHostCode(code: HostCode): string {
  const place = `${code.addresses.map((text) => text.replaceAll(':', '-')).join('_')}:${code.port}~${code.fingerprint}~${code.key}`
  return code.roomId === null ? place : `${place}~${code.roomId}`
}

/** The link that opens Studyhall at a host's door. */
export function buildHostLink(code: HostCode): string {
  return `${linkPrefix}${buildHostCode(code)}`
}

/**
 * What a code says; null for anything but exactly what `buildHostCode` makes.
 * SECURITY: codes come from anywhere. Addresses are written in one way only, and none leads to the guest's own computer, to everybody
 * on a network, or nowhere.
 */
export function parseHostCode(text: string): HostCode | null {
  const [, places, digits, print, secret, roomId] = codePattern.exec(text) ?? []
  if (places === undefined || print === undefined || secret === undefined) return null
  const addresses = places.split('_').map((text) => text.replaceAll('-', ':'))
  const port = Number(digits)
  if (port > 65_535 || !addresses.every(isHostAddress) || new Set(addresses).size < addresses.length)
    return null
  return { addresses, port, fingerprint: print, key: secret, roomId: roomId ?? null }
}

const ipv4Pattern = new RegExp(`^${ipv4}$`)

/**
 * SECURITY: whether a guest may look for a host there: written in the one way, and neither the guest's own computer, nor everybody on a network,
 * nor nowhere. IPv6 is that of a local network (fd00::/8) or of the internet (2000::/3); link-local addresses mean something only together
 * with the name of an interface, which is another one on each computer.
 */
export function isHostAddress(text: string): boolean {
  if (ipv4Pattern.test(text)) {
    const first = Number(text.slice(0, text.indexOf('.')))
    return first !== 0 && first !== 127 && first < 224
  }
  return /^(?:fd[\da-f]{2}|[23][\da-f]{3}):[\da-f:]+$/.test(text) && isWrittenOnce(text)
}

/** Whether an IPv6 address is written as RFC 5952 writes it: no zeros before a part, and `::` for the longest row of zero parts, the first of them. */
function isWrittenOnce(text: string): boolean {
  const halves = text.split('::')
  const [before = [], after = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const gap = 8 - before.length - after.length
  if (halves.length > 2 || (halves.length === 2 ? gap < 2 : gap !== 0)) return false
  const groups = [...before, ...Array<string>(gap).fill('0'), ...after]
  if (!groups.every((group) => /^(?:0|[1-9a-f][\da-f]{0,3})$/.test(group))) return false
  // From each part, how many zeros follow in a row.
  const rows = groups.map((_group, at) => {
    const end = groups.findIndex((group, index) => index >= at && group !== '0')
    return (end === -1 ? 8 : end) - at
  })
  const longest = Math.max(...rows)
  const start = rows.indexOf(longest)
  const shortest =
    longest < 2
      ? groups.join(':')
      : `${groups.slice(0, start).join(':')}::${groups.slice(start + longest).join(':')}`
  return shortest === text
}
