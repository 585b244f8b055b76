import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findFreePort } from '../../src/backend/postgres/findFreePort.ts'
import { createIceServers, TURN_CREDENTIAL_LIFETIME_S } from '../../supabase/functions/api/iceServers.ts'
import { createTurnClient, type TurnClient } from './turnClient.ts'

const SECRET = 'a secret of this test alone'
const config = join(import.meta.dirname, '..', '..', 'ops', 'coturn', 'turnserver.conf')
const hasCoturn = spawnSync('turnserver', ['--version']).error === undefined
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
        // In an installation both are the machine's own address.
        '--listening-ip=127.0.0.1',
        '--relay-ip=127.0.0.1',
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

  /** Somebody with the credentials that the API hands out at that moment. */
  async function connect(nowMs: number, secret = SECRET): Promise<TurnClient> {
    const environment = { STUDYHALL_TURN_URLS: `turn:127.0.0.1:${port}`, STUDYHALL_TURN_SECRET: secret }
    const [server] = await createIceServers(environment, 'somebody', nowMs)
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
})
