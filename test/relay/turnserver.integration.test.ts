import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findFreePort } from '../../src/backend/postgres/findFreePort.ts'
import { createIceServers, TURN_CREDENTIAL_LIFETIME_S } from '../../supabase/functions/api/iceServers.ts'
import { createTurnClient, type TurnClient } from './turnClient.ts'

const SECRET = 'a secret of this test alone'
const config = join(import.meta.dirname, '..', '..', 'ops', 'coturn', 'turnserver.conf')
const hasCoturn = spawnSync('turnserver', ['--version']).error === undefined
const hasIPv6 = Object.values(networkInterfaces()).some((ones) =>
  ones?.some(({ family }) => family === 'IPv6'),
)
if (!hasCoturn) console.warn('There is no coturn (Debian: coturn): its configuration is not tested.')

describe.skipIf(!hasCoturn)('the relay of ops/coturn', () => {
  let folder: string
  let port: number
  let child: ChildProcess

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'studyhall-coturn-'))
    port = await findFreePort(null)
    child = spawn(
      'turnserver',
      [
        '-c',
        config,
        '--log-file=stdout',
        '--no-tls',
        '--no-dtls',
        `--listening-port=${port}`,
        // In an installation all are the machine's own addresses.
        '--listening-ip=127.0.0.1',
        '--relay-ip=127.0.0.1',
        ...(hasIPv6 ? ['--relay-ip=::1'] : []),
        `--static-auth-secret=${SECRET}`,
        `--pidfile=${join(folder, 'pid')}`,
        `--userdb=${join(folder, 'turndb')}`,
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    )
    await new Promise<void>((resolve, reject) => {
      let said = ''
      child.once('error', reject)
      child.once('exit', (code) => reject(new Error(`coturn ended with code ${code}: ${said.slice(-2_000)}`)))
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-100_000)
        if (said.includes('(admin thread)')) resolve()
      })
    })
  })

  afterAll(async () => {
    child.removeAllListeners('exit')
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
    await rm(folder, { recursive: true, force: true })
  })

  /** Somebody new, since a person's relays are counted, with the credentials that the API hands out at that moment. */
  async function connect(nowMs: number, secret = SECRET): Promise<TurnClient> {
    const environment = { STUDYHALL_TURN_URLS: `turn:127.0.0.1:${port}`, STUDYHALL_TURN_SECRET: secret }
    const [server] = await createIceServers(environment, randomUUID(), nowMs)
    return await createTurnClient(port, {
      username: server?.username ?? '',
      credential: server?.credential ?? '',
    })
  }

  test('serves who has joined, and nobody with old or made-up credentials', async () => {
    const clients = await Promise.all([
      connect(Date.now()),
      connect(Date.now() - (TURN_CREDENTIAL_LIFETIME_S + 60) * 1_000),
      connect(Date.now(), 'another secret'),
    ])
    const answers = await Promise.all(clients.map((client) => client.allocate()))
    for (const client of clients) client.close()
    expect(answers).toEqual(['success', 401, 401])
  })

  test('relays to public addresses', async () => {
    const client = await connect(Date.now())
    expect(await client.allocate()).toBe('success')
    expect(await client.permit('93.184.215.14')).toBe('success')
    expect(await client.permit('172.32.0.1')).toBe('success')
    client.close()
  })

  test.each([
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.8.8.8',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
  ])('relays nothing to %s', async (address) => {
    const client = await connect(Date.now())
    expect(await client.allocate()).toBe('success')
    expect(await client.permit(address)).toBe(403)
    client.close()
  })

  describe.skipIf(!hasIPv6)('by IPv6', () => {
    test('relays to public addresses', async () => {
      const client = await connect(Date.now())
      expect(await client.allocate('IPv6')).toBe('success')
      expect(await client.permit('2606:4700:4700::1111')).toBe('success')
      expect(await client.permit('2a00:1450:4001:800::200e')).toBe('success')
      client.close()
    })

    test.each([
      '::',
      '::1',
      '::ffff:7f00:1',
      '::ffff:a9fe:a9fe',
      '64:ff9b::a00:1',
      '64:ff9b:1::a00:1',
      '100::1',
      '2001::1',
      '2002:7f00:1::',
      'fc00::1',
      'fd00:ec2::254',
      'fe80::1',
      'ff02::1',
    ])('relays nothing to %s', async (address) => {
      const client = await connect(Date.now())
      expect(await client.allocate('IPv6')).toBe('success')
      expect(await client.permit(address)).toBe(403)
      client.close()
    })
  })
})
