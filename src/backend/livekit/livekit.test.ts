import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findLivekitBinary } from './findLivekitBinary.ts'
import { deriveLivekitKeys, livekitConfig } from './livekitConfig.ts'
import { embeddedPort, externalLivekit, livekitHttpUrl, withLivekit } from './livekitPlan.ts'
import { livekitBinaryPath } from './livekitVersion.ts'
import { endOrphan, isStillThere, readLivekitRecord, recordLivekit } from './orphan.ts'
import { restBeforeMs } from './superviseLivekit.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-livekit-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('the keys', () => {
  test('are the same each time, differ between installations, and do not show what they come from', () => {
    const keys = deriveLivekitKeys('a'.repeat(43))
    expect(deriveLivekitKeys('a'.repeat(43))).toEqual(keys)
    expect(deriveLivekitKeys('b'.repeat(43))).not.toEqual(keys)
    expect(keys.key).toMatch(/^SH[0-9a-f]{16}$/)
    // LiveKit wants 32 characters at least.
    expect(keys.secret).toHaveLength(43)
    expect(keys.secret).not.toContain('aaaa')
  })
})

test('the configuration keeps everything on this machine', () => {
  const eventsUrl = 'http://127.0.0.1:7002/events'
  const text = livekitConfig({ http: 7000, udp: 7001 }, { key: 'k', secret: 's' }, eventsUrl)
  expect(JSON.parse(text)).toEqual({
    port: 7000,
    bind_addresses: ['127.0.0.1'],
    rtc: {
      udp_port: 7001,
      tcp_port: 0,
      use_external_ip: false,
      node_ip: '127.0.0.1',
      enable_loopback_candidate: true,
      interfaces: { includes: ['lo'] },
    },
    room: { auto_create: true, empty_timeout: 60, max_participants: 50 },
    keys: { k: 's' },
    webhook: { api_key: 'k', urls: [eventsUrl] },
    logging: { level: 'warn' },
  })
})

test('while somebody hosts for people nearby, media comes in at the named addresses and nothing else does', () => {
  const text = livekitConfig({ http: 7000, udp: 7001 }, { key: 'k', secret: 's' }, 'http://x', [
    '192.168.1.7',
    'fd12::7',
  ])
  expect(JSON.parse(text)).toMatchObject({
    bind_addresses: ['127.0.0.1'],
    rtc: {
      udp_port: 7001,
      tcp_port: 0,
      use_external_ip: false,
      use_ice_lite: true,
      ips: { includes: ['192.168.1.7/32', 'fd12::7/128'] },
      enable_loopback_candidate: false,
    },
  })
})

describe('the server', () => {
  const name = process.platform === 'win32' ? 'livekit-server.exe' : 'livekit-server'
  const put = async (...path: string[]): Promise<string> => {
    const file = join(folder, ...path)
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(file, '')
    return file
  }

  test('is the named one, the packaged one or the built one, in this order', async () => {
    const cache = {
      platform: process.platform,
      environment: { XDG_CACHE_HOME: join(folder, 'cache'), LOCALAPPDATA: join(folder, 'cache') },
      homeFolder: folder,
    }
    const places = {
      chosen: undefined,
      resourcesFolder: join(folder, 'resources'),
      projectFolder: folder,
      cache,
    }
    expect(await findLivekitBinary(places)).toEqual({ kind: 'none' })
    const goMod = await put('tools', 'livekit', 'go.mod')
    await writeFile(goMod, 'require github.com/livekit/livekit-server v1.2.3\n')
    await writeFile(goMod, 'require (\n\tgithub.com/livekit/livekit-server v1.2.3\n)\n')
    await writeFile(await put('tools', 'livekit', 'go.sum'), 'sums')
    const built = livekitBinaryPath(cache, '1.2.3', 'sums')
    expect(await findLivekitBinary(places)).toEqual({ kind: 'none' })
    await mkdir(dirname(built), { recursive: true })
    await writeFile(built, '')
    expect(await findLivekitBinary(places)).toEqual({ kind: 'found', program: built })
    const packaged = await put('resources', 'livekit', name)
    expect(await findLivekitBinary(places)).toEqual({ kind: 'found', program: packaged })
    const chosen = await put('mine')
    expect(await findLivekitBinary({ ...places, chosen })).toEqual({ kind: 'found', program: chosen })
    expect(await findLivekitBinary({ ...places, chosen: 'off' })).toEqual({ kind: 'none' })
    const absent = join(folder, 'absent')
    expect(await findLivekitBinary({ ...places, chosen: absent })).toEqual({
      kind: 'missing',
      program: absent,
    })
  })
})

describe('the server of the environment', () => {
  const all = {
    STUDYHALL_LIVEKIT_URL: 'wss://sfu.example.org',
    STUDYHALL_LIVEKIT_KEY: 'k',
    STUDYHALL_LIVEKIT_SECRET: 's',
  }

  test('needs its address, key and secret', () => {
    expect(externalLivekit({})).toEqual({ plan: null, problem: null })
    expect(externalLivekit(all)).toEqual({
      plan: { kind: 'external', url: 'wss://sfu.example.org', keys: { key: 'k', secret: 's' } },
      problem: null,
    })
    const half = externalLivekit({ ...all, STUDYHALL_LIVEKIT_SECRET: ' ' })
    expect(half.plan).toBeNull()
    expect(half.problem).toContain('STUDYHALL_LIVEKIT_SECRET missing')
    expect(externalLivekit({ ...all, STUDYHALL_LIVEKIT_URL: 'sfu' }).problem).toContain('no address')
  })

  test('is not used where it is reached in the clear over a network', () => {
    const insecure = externalLivekit({ ...all, STUDYHALL_LIVEKIT_URL: 'ws://192.168.1.2:7880' })
    expect(insecure.plan).toBeNull()
    expect(insecure.problem).toContain('not encrypted')
    const here = externalLivekit({ ...all, STUDYHALL_LIVEKIT_URL: 'ws://127.0.0.1:7880' })
    expect(here.plan).toMatchObject({ kind: 'external', url: 'ws://127.0.0.1:7880' })
  })

  test('a warning does not contain the secret', () => {
    const { problem } = externalLivekit({
      ...all,
      STUDYHALL_LIVEKIT_URL: 'x',
      STUDYHALL_LIVEKIT_SECRET: 'hush',
    })
    expect(problem).not.toContain('hush')
  })

  test('the functions are told of the one in use', () => {
    expect(withLivekit({ A: '1' }, { kind: 'none' })).toEqual({ A: '1' })
    const keys = { key: 'k', secret: 's' }
    expect(withLivekit({ A: '1' }, { kind: 'external', url: 'wss://sfu.example.org', keys })).toEqual({
      A: '1',
      ...all,
    })
  })
})

test.each([
  ['ws://127.0.0.1:7880', 'http://127.0.0.1:7880'],
  ['wss://sfu.example.org/x', 'https://sfu.example.org/x'],
  ['https://sfu.example.org', 'https://sfu.example.org'],
  ['file:///etc/passwd', null],
  ['nonsense', null],
  ['ws://sfu.example.org', null],
])('%s is asked at %s', (url, expected) => {
  expect(livekitHttpUrl(url)).toBe(expected)
})

test.each([
  ['ws://127.0.0.1:7880', 7880],
  ['ws://127.0.0.1:70000', null],
  ['wss://sfu.example.org:7880', null],
  [null, null],
])('%s was at port %s of this machine', (url, expected) => {
  expect(embeddedPort(url)).toBe(expected)
})

test('rests grow, up to eight seconds', () => {
  expect([1, 2, 3, 4].map(restBeforeMs)).toEqual([0, 250, 500, 1000])
  expect(restBeforeMs(9)).toBe(8_000)
  expect(restBeforeMs(5000)).toBe(8_000)
})

describe('what is left behind', () => {
  test('is remembered, and nonsense is not believed', async () => {
    const file = join(folder, 'livekit.pid')
    expect(await readLivekitRecord(file)).toBeNull()
    const record = { pid: 4_000_000, program: '/p/livekit-server', config: '/d/livekit.json' }
    recordLivekit(file, record)
    expect(await readLivekitRecord(file)).toEqual(record)
    expect(await isStillThere(record)).toBe(false)
    expect(await endOrphan(file)).toBeNull()
    expect(await readLivekitRecord(file)).toBeNull()
    // A process id of 0 or below would mean a whole group of processes.
    await writeFile(file, JSON.stringify({ ...record, pid: 0 }))
    expect(await readLivekitRecord(file)).toBeNull()
  })

  test('a process id that belongs to another program by now is left alone', async () => {
    const file = join(folder, 'livekit.pid')
    // This very test runner stands in for the other program.
    recordLivekit(file, { pid: process.pid, program: '/p/livekit-server', config: '/d/livekit.json' })
    expect(await endOrphan(file)).toBeNull()
    const sameName = { pid: process.pid, program: process.execPath, config: '/d/livekit.json' }
    expect(await isStillThere(sameName)).toBe(false)
  })
})
