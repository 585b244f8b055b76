import { expect, test } from 'vitest'
import { createFakeClock } from '../../../test/support/fakes/fakeClock.ts'
import type { BackendConnection } from '../../shared/ipc/contract.ts'
import { buildHostLink, type HostCode } from '../../shared/nearby/hostCode.ts'
import { err, ok } from '../../shared/result.ts'
import type { DialFailure } from './dialHost.ts'
import { createGuest } from './createGuest.ts'
import type { ListenFailure } from './listenToHost.ts'

const code: HostCode = {
  addresses: ['192.168.1.7', '10.0.0.3'],
  port: 47_310,
  fingerprint: 'mC0v7Vw0L3l2m1h9Qd5xGk8yYtZ3a6b4c2d1e0f9g8A',
  key: 'Zm9vYmFyYmF6cXV4LV9hYg',
  roomId: null,
}
const link = buildHostLink(code)

function open() {
  const clock = createFakeClock()
  const visits: (BackendConnection | null)[] = []
  const tunnels: { port: number; isOpen: boolean; address: () => string }[] = []
  const listening = new Set<(end: 'stopped' | 'lost') => void>()
  let tellAddresses: (addresses: readonly string[]) => void = () => undefined
  let answersAt = '192.168.1.7'
  let dial: DialFailure | null = null
  let listen: ListenFailure | null = null
  let whileTunnelling: () => void = () => undefined
  const told = (end: 'stopped' | 'lost'): void => {
    const heard = Array.from(listening)
    listening.clear()
    for (const onEnd of heard) {
      onEnd(end)
    }
  }
  const guest = createGuest({
    findHost: async (places) => {
      const place = places.find(({ address }) => address === answersAt)
      return dial === null && place !== undefined ? ok(place) : err(dial ?? 'unreachable')
    },
    listenToHost: async (_place, _key, onEnd, onAddresses) => {
      if (listen !== null) return err(listen)
      listening.add(onEnd)
      tellAddresses = onAddresses
      return ok({ hostName: 'Ada', close: () => void listening.delete(onEnd) })
    },
    openTunnel: async (place) => {
      whileTunnelling()
      const tunnel = { port: 5_000 + tunnels.length, isOpen: true, address: () => place().address }
      tunnels.push(tunnel)
      return { port: tunnel.port, close: () => void (tunnel.isOpen = false) }
    },
    visit: (connection) => visits.push(connection),
    nowMs: () => clock.now(),
    setTimer: (callback, delayMs) => clock.schedule(delayMs, callback),
    onChanged: () => undefined,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  })
  return {
    guest,
    clock,
    visits,
    tunnels,
    listening,
    host: {
      says: told,
      saysWhereItIs: (...addresses: readonly string[]) => tellAddresses(addresses),
      saysWhileTunnelling: (how: 'stopped' | 'lost') => (whileTunnelling = () => told(how)),
      moves: (address: string) => (answersAt = address),
      refusesDials: (failure: DialFailure | null) => (dial = failure),
      refusesGuests: (failure: ListenFailure | null) => (listen = failure),
    },
  }
}

test('a guest’s page talks to its own computer, by the key of the code, and is at one host each time', async () => {
  const { guest, visits, tunnels } = open()
  expect(await guest.join(` ${link}\n`)).toBe('joined')
  expect(guest.state()).toEqual({ kind: 'joined', hostName: 'Ada', isReachable: true })
  expect(visits).toEqual([
    {
      kind: 'ready',
      mode: 'nearby',
      url: 'http://127.0.0.1:5000',
      publishableKey: code.key,
      livekitUrl: `ws://127.0.0.1:5000/nearby/media/${code.key}`,
      host: { id: code.fingerprint, name: 'Ada' },
    },
  ])
  expect(tunnels[0]?.address()).toBe('192.168.1.7')
})

test.each(['unreachable', 'wrong_certificate'] as const)('%s: nothing is turned to', async (failure) => {
  const { guest, host, visits, tunnels } = open()
  host.refusesDials(failure)
  expect(await guest.join(link)).toBe(failure)
  expect(visits).toEqual([])
  expect(tunnels).toEqual([])
})

test.each(['refused', 'full', 'newer', 'not_studyhall'] as const)(
  '%s: nothing is turned to',
  async (failure) => {
    const { guest, host, visits, tunnels } = open()
    host.refusesGuests(failure)
    expect(await guest.join(link)).toBe(failure)
    expect(visits).toEqual([])
    expect(tunnels).toEqual([])
  },
)

test('what is no code is refused without asking anybody', async () => {
  const { guest, listening } = open()
  expect(await guest.join('studyhall://join/x')).toBe('bad_code')
  expect(await guest.join(link.replace('192.168.1.7', '127.0.0.1'))).toBe('bad_code')
  expect(listening.size).toBe(0)
})

test('when the host stops, the guest is at home again and told why', async () => {
  const { guest, host, visits, tunnels } = open()
  await guest.join(link)
  host.says('stopped')
  expect(visits.at(-1)).toBeNull()
  expect(tunnels[0]?.isOpen).toBe(false)
  expect(guest.state()).toEqual({ kind: 'none', ended: { hostName: 'Ada', reason: 'stopped' } })
  guest.dismiss()
  expect(guest.state()).toEqual({ kind: 'none', ended: null })
})

test('news that end before the visit has begun are not missed', async () => {
  const stopped = open()
  stopped.host.saysWhileTunnelling('stopped')
  await stopped.guest.join(link)
  expect(stopped.guest.state()).toEqual({ kind: 'none', ended: { hostName: 'Ada', reason: 'stopped' } })
  const lost = open()
  lost.host.saysWhileTunnelling('lost')
  await lost.guest.join(link)
  expect(lost.guest.state()).toMatchObject({ isReachable: false })
  await lost.clock.advanceAsync(2_000)
  expect(lost.guest.state()).toMatchObject({ isReachable: true })
})

test('a host that is away for a while is found again, at another of its addresses', async () => {
  const { guest, host, clock, visits, tunnels } = open()
  await guest.join(link)
  host.refusesDials('unreachable')
  host.says('lost')
  expect(guest.state()).toEqual({ kind: 'joined', hostName: 'Ada', isReachable: false })
  await clock.advanceAsync(60_000)
  expect(guest.state()).toMatchObject({ isReachable: false })
  host.refusesDials(null)
  host.moves('10.0.0.3')
  await clock.advanceAsync(2_000)
  expect(guest.state()).toMatchObject({ isReachable: true })
  expect(tunnels[0]?.address()).toBe('10.0.0.3')
  // The page keeps its address, so that a call is not begun anew.
  expect(visits).toHaveLength(1)
})

test('one that stays away is given up after two minutes', async () => {
  const { guest, host, clock, visits } = open()
  await guest.join(link)
  host.refusesDials('wrong_certificate')
  host.says('lost')
  await clock.advanceAsync(119_000)
  expect(guest.state()).toMatchObject({ kind: 'joined' })
  await clock.advanceAsync(5_000)
  expect(guest.state()).toEqual({ kind: 'none', ended: { hostName: 'Ada', reason: 'lost' } })
  expect(visits.at(-1)).toBeNull()
  expect(clock.pendingCount()).toBe(0)
})

test('one that hosts anew wants a new code', async () => {
  const { guest, host, clock } = open()
  await guest.join(link)
  host.refusesGuests('refused')
  host.says('lost')
  await clock.advanceAsync(2_000)
  expect(guest.state()).toEqual({ kind: 'none', ended: { hostName: 'Ada', reason: 'changed' } })
})

test('leaving is the guest’s own wish: nothing is told, nothing goes on', async () => {
  const { guest, host, clock, listening, visits } = open()
  await guest.join(link)
  host.refusesDials('unreachable')
  host.says('lost')
  guest.leave()
  expect(guest.state()).toEqual({ kind: 'none', ended: null })
  host.refusesDials(null)
  await clock.advanceAsync(300_000)
  expect(listening.size).toBe(0)
  expect(visits).toHaveLength(2)
})

test('leaving while joining is under way: the visit does not begin', async () => {
  const { guest, listening, tunnels, visits } = open()
  const joining = guest.join(link)
  guest.leave()
  await joining
  expect(guest.state()).toEqual({ kind: 'none', ended: null })
  expect(listening.size).toBe(0)
  expect(tunnels.every(({ isOpen }) => !isOpen)).toBe(true)
  expect(visits).toEqual([])
})

test('a second host takes the place of the first', async () => {
  const { guest, tunnels, listening } = open()
  await guest.join(link)
  await guest.join(link)
  expect(tunnels.map(({ isOpen }) => isOpen)).toEqual([false, true])
  expect(listening.size).toBe(1)
})

test('a host that has said where else it is is found there, also when it says nothing any more', async () => {
  const { guest, clock, tunnels, host } = open()
  await guest.join(link)
  host.saysWhereItIs('192.168.1.7', '172.16.4.2')
  // On no network: what it said before is still the best that is known.
  host.saysWhereItIs()
  host.moves('172.16.4.2')
  host.says('lost')
  expect(guest.state()).toMatchObject({ isReachable: false })
  await clock.advanceAsync(2_000)
  expect(guest.state()).toMatchObject({ kind: 'joined', isReachable: true })
  expect(tunnels[0]?.address()).toBe('172.16.4.2')
  // And at what its code says, to which it has come back.
  host.moves('10.0.0.3')
  host.says('lost')
  await clock.advanceAsync(2_000)
  expect(tunnels[0]?.address()).toBe('10.0.0.3')
})
