import { addNamespace, insideNamespace, removeLeftovers, removeNamespace } from './namespaces.ts'
import { type FaultLink, startFaultLink } from './faultLink.ts'
import { runCommand } from './runCommand.ts'

/** The interface that leads out of each namespace. */
const DEVICE = 'wan0'

/** A place in the network: a namespace with one interface and an address on a network of its own. */
export interface Place {
  readonly name: string
  readonly namespace: string
  /** The address at the moment. */
  address(): string
  /** The command line that runs a program there. */
  inside(command: readonly string[]): readonly [string, ...string[]]
  /** As when Wi-Fi is turned off, and on again: the system tells programs. */
  setUp(isUp: boolean): Promise<void>
  /** As when the computer moves to another network: another address from one moment to the next. */
  moveToNewAddress(): Promise<void>
}

/** Namespaces joined by a link that can do what networks do. Ends everything that runs in them when disposed. */
export interface Network extends AsyncDisposable {
  readonly link: FaultLink
  addPlace(name: string): Promise<Place>
  /** Every line and every rule as at the start. */
  calm(): Promise<void>
}

export async function createNetwork(): Promise<Network> {
  await removeLeftovers()
  const link = await startFaultLink()
  const places: Place[] = []
  return {
    link,
    async addPlace(name) {
      const place = await addPlace(link, name, places.length + 1)
      places.push(place)
      return place
    },
    async calm() {
      await link.block([])
      for (const place of places) await link.shape(place.name, 'both', {})
    },
    async [Symbol.asyncDispose]() {
      await link.close()
      for (const place of places) await removeNamespace(place.namespace)
    },
  }
}

async function addPlace(link: FaultLink, name: string, index: number): Promise<Place> {
  const namespace = await addNamespace(name)
  // RFC 2544: for tests between networks, never routed anywhere.
  const subnet = `198.18.${index}`
  let host = 1
  const ip = async (...args: readonly string[]): Promise<void> => {
    await runCommand('ip', ['-n', namespace, ...args])
  }
  const route = (): Promise<void> => ip('route', 'replace', 'default', 'dev', DEVICE)
  await link.addPort({ port: name, namespace, device: DEVICE, prefix: `${subnet}.0/24` })
  await ip('address', 'add', `${subnet}.${host}/24`, 'dev', DEVICE)
  await ip('link', 'set', DEVICE, 'up')
  await route()
  return {
    name,
    namespace,
    address: () => `${subnet}.${host}`,
    inside: (command) => insideNamespace(namespace, command),
    async setUp(isUp) {
      await ip('link', 'set', DEVICE, isUp ? 'up' : 'down')
      if (isUp) await route()
    },
    async moveToNewAddress() {
      const before = `${subnet}.${host}/24`
      host += 1
      await ip('address', 'delete', before, 'dev', DEVICE)
      await ip('address', 'add', `${subnet}.${host}/24`, 'dev', DEVICE)
      await route()
    },
  }
}
