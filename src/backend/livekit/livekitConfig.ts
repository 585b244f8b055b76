import { createHmac } from 'node:crypto'

/** What a token is signed with: the key names the secret. */
export type LivekitKeys = { readonly key: string; readonly secret: string }

/**
 * The keys of an installation's own LiveKit. They follow from a secret that is kept already, so that another owner of the
 * same data folder, and the tokens it signs, agree with them.
 */
export function deriveLivekitKeys(jwtSecret: string): LivekitKeys {
  const derive = (purpose: string): Buffer =>
    createHmac('sha256', jwtSecret).update(`studyhall livekit ${purpose}`).digest()
  return {
    key: `SH${derive('key').toString('hex').slice(0, 16)}`,
    secret: derive('secret').toString('base64url'),
  }
}

export type LivekitPorts = {
  /** TCP, of its HTTP API and its WebSocket. */
  readonly http: number
  /** Of all media, which share it. */
  readonly udp: number
}

/** Where media can be sent to. */
function reachOf(addresses: readonly string[]): object {
  if (addresses.length === 0)
    return { node_ip: '127.0.0.1', enable_loopback_candidate: true, interfaces: { includes: ['lo'] } }
  return {
    // SECURITY: these addresses of this machine and no other. Those on the machine itself send there, too.
    ips: { includes: addresses.map((address) => `${address}/${address.includes(':') ? 128 : 32}`) },
    enable_loopback_candidate: false,
    // Without it and without `node_ip`, which holds one address only, it would ask Google which address it has.
    use_ice_lite: true,
  }
}

/**
 * LiveKit's configuration, which is YAML, of which JSON is a part. Its HTTP API is never reached from beyond this machine.
 * @param eventsUrl where it is to tell who has come
 * @param addresses of this machine, at which guests of the local network reach it with their media; none: nobody does
 */
export function livekitConfig(
  ports: LivekitPorts,
  keys: LivekitKeys,
  eventsUrl: string,
  addresses: readonly string[] = [],
): string {
  const config = {
    port: ports.http,
    bind_addresses: ['127.0.0.1'],
    rtc: {
      udp_port: ports.udp,
      // SECURITY: 0 means none. Left out it is 7881, on every interface: `bind_addresses` does not apply to it.
      tcp_port: 0,
      use_external_ip: false,
      ...reachOf(addresses),
    },
    room: { auto_create: true, empty_timeout: 60, max_participants: 50 },
    keys: { [keys.key]: keys.secret },
    webhook: { api_key: keys.key, urls: [eventsUrl] },
    logging: { level: 'warn' },
  }
  return `${JSON.stringify(config, null, 2)}\n`
}
