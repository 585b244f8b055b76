/*
 * What somebody who hosts for people nearby hands to them: where their computer is, by what it proves that it is theirs, and what
 * lets a guest in. `192.168.1.7_10.0.0.3:47310~<fingerprint>~<key>`, and `~<room>` where it leads into one.
 */

/** Addresses that a code may name: a laptop has one or two networks. */
export const HOST_ADDRESSES_MAX_COUNT = 4

export interface HostCode {
  /** IPv4, the likeliest first. */
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
const address = `${octet}(?:\\.${octet}){3}`
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
  const place = `${code.addresses.join('_')}:${code.port}~${code.fingerprint}~${code.key}`
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
  const addresses = places.split('_')
  const port = Number(digits)
  if (port > 65_535 || !addresses.every(leadsElsewhere) || new Set(addresses).size < addresses.length)
    return null
  return { addresses, port, fingerprint: print, key: secret, roomId: roomId ?? null }
}

const addressPattern = new RegExp(`^${address}$`)

/** SECURITY: whether a guest may look for a host there: written in the one way, and as `parseHostCode` says where it leads. */
export function isHostAddress(text: string): boolean {
  return addressPattern.test(text) && leadsElsewhere(text)
}

function leadsElsewhere(text: string): boolean {
  const first = Number(text.slice(0, text.indexOf('.')))
  return first !== 0 && first !== 127 && first < 224
}
