import { randomBytes } from 'node:crypto'
import { readdir, readFile, readlink, rm } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { dispose } from '@livekit/rtc-node'
import { AccessToken } from 'livekit-server-sdk'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectSfuClient, type SfuClient } from '../../../supabase/tests/support/sfuClient.ts'
import { createPreparedFolder } from '../../../test/support/backend.ts'
import { livekitProgram, withoutLivekit } from '../../../test/support/livekit.ts'
import { listenToHost } from '../../main/nearby/listenToHost.ts'
import { openTunnel } from '../../main/nearby/openTunnel.ts'
import type { HostingReport } from '../../shared/backend/messages.ts'
import { readLivekitRecord } from '../livekit/orphan.ts'
import { silentLog } from '../log/log.ts'
import { startBackend, type RunningBackend } from '../startBackend.ts'
import { createHosting } from './createHosting.ts'
import { type LanAddress, lanAddresses } from './lanAddresses.ts'

const patience = { timeout: 40_000, interval: 50 }
const lan = lanAddresses(networkInterfaces())
const ends: (() => unknown)[] = []

let folder = ''
beforeEach(async () => {
  folder = await createPreparedFolder()
})
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
  await rm(folder, { recursive: true, force: true })
})

async function startOwn(environment: Record<string, string> = {}): Promise<RunningBackend> {
  const livekit = environment['STUDYHALL_LIVEKIT_SERVER'] === undefined ? 'off' : 'auto'
  const backend = await startBackend({ dataDir: folder, log: silentLog, environment, livekit })
  if (!backend.ok) throw new Error(backend.error.message)
  ends.push(backend.value.stop)
  return backend.value
}

function open(
  backend: Pick<RunningBackend, 'role' | 'connection' | 'openMedia'>,
  addresses?: readonly LanAddress[],
) {
  const reports: HostingReport[] = []
  const hosting = createHosting({
    backend,
    certificateFile: join(folder, 'nearby.json'),
    log: silentLog,
    tell: (report) => reports.push(report),
    ...(addresses === undefined ? {} : { addresses: () => addresses }),
  })
  ends.push(hosting.stop)
  const request = {
    hostName: 'Ada',
    key: randomBytes(16).toString('base64url'),
    port: 0,
    isFirm: false,
  }
  const last = () => {
    const report = reports.at(-1)
    return report?.kind === 'on' ? report : null
  }
  return { hosting, reports, request, last }
}

test('without a network there is nothing to open, and only who runs the backend opens it', async () => {
  const backend = await startOwn()
  const alone = open(backend, [])
  await alone.hosting.start(alone.request)
  expect(alone.reports).toEqual([{ kind: 'off', problem: 'no_network' }])
  const second = open({ ...backend, role: () => 'guest' })
  await second.hosting.start(second.request)
  expect(second.reports).toEqual([{ kind: 'off', problem: 'not_owner' }])
})

test('an address that the system does not have ready keeps nobody from hosting at the others', async () => {
  const at = (address: string): LanAddress => ({ address, netmask: '255.255.255.0', interfaceName: 'eth0' })
  const backend = await startOwn()
  const { hosting, request, last } = open(backend, [at('203.0.113.77'), at('127.0.0.1')])
  await hosting.start(request)
  expect(last()?.addresses).toEqual(['127.0.0.1'])
  const nowhere = open(backend, [at('203.0.113.77')])
  await nowhere.hosting.start(nowhere.request)
  expect(nowhere.reports).toEqual([{ kind: 'off', problem: 'failed' }])
})

describe('on this machine’s own network', () => {
  beforeEach(({ skip }) => {
    skip(lan.length === 0, 'this machine is on no network')
  })

  test('guests are counted and told when it ends; a port that is firm is this one or none', async () => {
    const backend = await startOwn()
    const { hosting, reports, request, last } = open(backend)
    await hosting.start(request)
    const on = last()
    expect(on?.addresses).toEqual(lan.map(({ address }) => address))
    // The counter reads the database with the rights that it needs.
    await expect.poll(() => last(), patience).toMatchObject({ rooms: 0, people: 0 })
    const ended: string[] = []
    const place = { address: lan[0]?.address ?? '', port: on?.port ?? 0, fingerprint: on?.fingerprint ?? '' }
    const news = await listenToHost(place, request.key, (end) => ended.push(end))
    expect(news).toMatchObject({ ok: true, value: { hostName: 'Ada' } })
    await expect.poll(() => last()?.guests, patience).toBe(1)

    const other = open(backend)
    await other.hosting.start({ ...other.request, port: place.port, isFirm: true })
    expect(other.reports).toEqual([{ kind: 'off', problem: 'port_in_use' }])
    await other.hosting.start({ ...other.request, port: place.port })
    expect(other.last()?.port).not.toBe(place.port)
    await other.hosting.stop()

    await hosting.stop()
    expect(reports.at(-1)).toEqual({ kind: 'off', problem: null })
    await expect.poll(() => ended, patience).toEqual(['stopped'])
  })
})

describe('with a media server', { timeout: 120_000 }, () => {
  beforeEach(({ skip }) => {
    skip(livekitProgram === null, withoutLivekit)
    skip(lan.length === 0, 'this machine is on no network')
  })
  afterAll(() => dispose())

  /** A token as the API would hand it out, by the key that this installation has made. */
  async function tokenFor(identity: string): Promise<string> {
    const { keys } = JSON.parse(await readFile(join(folder, 'livekit.json'), 'utf8')) as {
      keys: Record<string, string>
    }
    const [[key, secret] = []] = Object.entries(keys)
    const token = new AccessToken(key, secret, { identity, ttl: 60 })
    token.addGrant({ roomJoin: true, room: 'kitchen', canPublish: true, canSubscribe: true })
    return await token.toJwt()
  }

  async function connect(url: string, identity: string): Promise<SfuClient> {
    const client = await connectSfuClient({ url, token: await tokenFor(identity) })
    ends.push(() => client.close())
    return client
  }

  /** Addresses at which the media server takes datagrams and connections. */
  async function mediaAddresses(): Promise<readonly string[]> {
    const { pid = 0 } = (await readLivekitRecord(join(folder, 'livekit.pid'))) ?? {}
    return await addressesOf(pid)
  }

  /** Addresses at which a process takes datagrams and connections, as Linux tells. */
  async function addressesOf(pid: number): Promise<readonly string[]> {
    const links = await Promise.all(
      (await readdir(`/proc/${pid}/fd`)).map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')),
    )
    const inodes = new Set(links.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1]))
    const texts = await Promise.all(
      ['udp', 'udp6', 'tcp', 'tcp6'].map(async (protocol) =>
        (await readFile(`/proc/${pid}/net/${protocol}`, 'utf8'))
          .trim()
          .split('\n')
          .slice(1)
          .map((line) => `${protocol} ${line.trim()}`.split(/\s+/)),
      ),
    )
    const own = texts
      .flat()
      .filter((fields) => inodes.has(fields[10]) && (fields[0]?.startsWith('udp') || fields[4] === '0A'))
    return [...new Set(own.map((fields) => `${fields[0]} ${readAddress(fields[2] ?? '')}`))].toSorted()
  }
  /** As Linux writes it: in words of 32 bits, the bytes of each from last to first. */
  const readAddress = (hex: string): string => {
    const [address = ''] = hex.split(':')
    const bytes = (address.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).toReversed())
    if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.')
    const groups = (bytes.join('').match(/.{4}/g) ?? []).join(':')
    return new URL(`http://[${groups}]`).hostname.slice(1, -1)
  }

  const answers = async (backend: RunningBackend): Promise<boolean> =>
    await fetch(String(backend.connection().livekitUrl).replace('ws', 'http')).then(
      ({ ok }) => ok,
      () => false,
    )

  test('a guest hears and is heard through the host’s computer; it is open for that long and no wider', async ({
    skip,
  }) => {
    skip(process.platform !== 'linux', 'only Linux tells what a process listens on')
    const backend = await startOwn({ STUDYHALL_LIVEKIT_SERVER: livekitProgram ?? '' })
    await expect.poll(() => answers(backend), patience).toBe(true)
    expect(await mediaAddresses()).toEqual(['tcp 127.0.0.1', 'udp 127.0.0.1'])

    const { hosting, request, last } = open(backend)
    await hosting.start(request)
    const wide = [
      'tcp 127.0.0.1',
      ...lan.map(({ address }) => `${address.includes(':') ? 'udp6' : 'udp'} ${address}`),
    ].toSorted()
    await expect.poll(() => mediaAddresses().catch(() => []), patience).toEqual(wide)
    await expect.poll(() => answers(backend), patience).toBe(true)
    const place = {
      address: lan[0]?.address ?? '',
      port: last()?.port ?? 0,
      fingerprint: last()?.fingerprint ?? '',
    }
    const tunnel = await openTunnel(
      () => place,
      () => undefined,
    )
    ends.push(tunnel.close)

    const ada = await connect(backend.connection().livekitUrl ?? '', 'ada')
    const ben = await connect(`ws://127.0.0.1:${tunnel.port}/nearby/media/${request.key}`, 'ben')
    await Promise.all([ada.openMicrophone(), ben.openMicrophone()])
    await expect.poll(() => ben.framesFrom('ada'), patience).toBeGreaterThan(20)
    await expect.poll(() => ada.framesFrom('ben'), patience).toBeGreaterThan(20)
    const elsewhere = `ws://127.0.0.1:${tunnel.port}/nearby/media/${'A'.repeat(22)}`
    await expect(connect(elsewhere, 'eve')).rejects.toThrow(/./)

    // The clients' sockets are this process's, and whatever it starts while they are open gets them as well.
    await Promise.all([ada.close(), ben.close()])
    const openForDatagrams = async (): Promise<readonly string[]> =>
      (await addressesOf(process.pid)).filter((address) => address.startsWith('udp'))
    await expect.poll(openForDatagrams, patience).toEqual([])
    await hosting.stop()
    await expect
      .poll(() => mediaAddresses().catch(() => []), patience)
      .toEqual(['tcp 127.0.0.1', 'udp 127.0.0.1'])
  })
})
