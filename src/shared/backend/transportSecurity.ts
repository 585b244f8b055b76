/** What is looked at of an address: of a URL that a WHATWG parser has read, so that it means what a connection will. */
interface ParsedAddress {
  /** Lower case, with its colon. */
  readonly protocol: string
  /** Lower case; IPv6 in brackets. */
  readonly hostname: string
}

/** Whether the host is this machine, by a name or address that cannot mean another one. */
export function isLoopbackHostname(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
}

/** Why an address cannot be a media server's. */
export type MediaServerProblem = 'not_an_address' | 'insecure'

/**
 * Whether a media server may be talked to at this address: `wss:` or `https:` anywhere, `ws:` and `http:` on this machine
 * alone. Null when it may be; `address` is null where it could not be parsed.
 *
 * SECURITY: tokens, and who is in which room, cross the network in signaling.
 */
export function judgeMediaServer(address: ParsedAddress | null): MediaServerProblem | null {
  if (address === null || !/^(?:ws|http)s?:$/.test(address.protocol) || address.hostname === '') {
    return 'not_an_address'
  }
  const isEncrypted = address.protocol === 'wss:' || address.protocol === 'https:'
  return isEncrypted || isLoopbackHostname(address.hostname) ? null : 'insecure'
}
