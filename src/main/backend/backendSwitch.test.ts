import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BackendConnection } from '../../shared/ipc/contract.ts'
import type { Cipher } from '../secrets/sealed.ts'
import { createBackendSwitch } from './backendSwitch.ts'
import { chooseBackend } from './hostedBackend.ts'
import { openSavedBackend } from './savedBackend.ts'

const url = 'https://abc.supabase.co'
const key = 'sb_publishable_abcdefghijklmnop'
const hosted = { kind: 'hosted', url, key } as const

let canDecrypt = true
const cipher: Cipher = {
  isEncryptionAvailable: () => true,
  encryptString: (text) => Buffer.from(text.split('').toReversed().join('')),
  decryptString: (encrypted) => {
    if (!canDecrypt) throw new Error('another keychain')
    return encrypted.toString().split('').toReversed().join('')
  },
}
const lines: string[] = []
const log = { info: (text: string) => void lines.push(text), warn: () => undefined, error: () => undefined }

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'studyhall-backend-'))
  canDecrypt = true
  lines.length = 0
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function open(environment: Parameters<typeof chooseBackend>[0] | null = null) {
  const told: BackendConnection['kind'][] = []
  const embedded: {
    kind: string
    tell: (connection: BackendConnection) => void
    end: () => void
  }[] = []
  let problem: 'unreachable' | 'no_schema' | null = null
  const probed: string[] = []
  const backend = createBackendSwitch({
    fixed: environment === null ? null : chooseBackend(environment),
    saved: openSavedBackend(folder, cipher, log),
    livekitUrl: null,
    invitePage: 'https://example.org/invite/',
    openEmbedded: (onChanged) => {
      let resolve: () => void = () => undefined
      const stopped = new Promise<void>((done) => {
        resolve = done
      })
      const entry = { kind: 'new', tell: onChanged, end: () => resolve() }
      embedded.push(entry)
      return {
        connection: () => ({ kind: 'starting', step: '' }),
        start: () => {
          entry.kind = 'started'
        },
        retry: () => ({ kind: 'starting', step: '' }),
        askHosting: () => entry.kind === 'started',
        stop: () => {
          entry.kind = 'stopping'
          return stopped
        },
      }
    },
    probe: (address) => {
      probed.push(address.url)
      return Promise.resolve(problem)
    },
    onChanged: (connection) => told.push(connection.kind),
    log,
  })
  return {
    backend,
    told,
    embedded,
    probed,
    fail: (kind: typeof problem) => {
      problem = kind
    },
  }
}

describe('createBackendSwitch', () => {
  test('is embedded without a word from anybody', () => {
    const { backend, embedded } = open()
    backend.start()
    expect(backend.choice()).toEqual({ kind: 'embedded', url: null, isFixed: false })
    expect(embedded.map(({ kind }) => kind)).toEqual(['started'])
  })

  test('a hosted one is tested, saved, used, and there again at the next start', async () => {
    const { backend, embedded, probed, told } = open()
    backend.start()
    expect(await backend.use({ ...hosted, url: `${url}/` })).toBe('used')
    expect(probed).toEqual([url])
    expect(embedded.map(({ kind }) => kind)).toEqual(['stopping'])
    expect(backend.connection()).toMatchObject({
      kind: 'ready',
      mode: 'hosted',
      url,
      publishableKey: key,
      invitePage: 'https://example.org/invite/',
    })
    // The one that ends has nothing to say any more.
    embedded[0]?.tell({ kind: 'starting', step: 'late' })
    expect(told).toEqual([])
    const again = open()
    expect(again.backend.choice()).toEqual({ kind: 'hosted', url, isFixed: false })
    expect(again.backend.connection()).toMatchObject({ url, publishableKey: key })
    expect(again.embedded).toEqual([])
  })

  test('the key is not in the file or the log as it is', async () => {
    await open().backend.use(hosted)
    expect(readFileSync(join(folder, 'backend.json'), 'utf8')).not.toContain(key)
    expect(lines.join('\n')).not.toContain(key)
  })

  test.each(['unreachable', 'no_schema'] as const)(
    'one that is %s is refused, and nothing changes',
    async (kind) => {
      const { backend, embedded, fail } = open()
      backend.start()
      fail(kind)
      expect(await backend.use(hosted)).toBe(kind)
      expect(backend.choice().kind).toBe('embedded')
      expect(embedded.map((entry) => entry.kind)).toEqual(['started'])
      expect(open().backend.choice().kind).toBe('embedded')
    },
  )

  test.each([
    [{ ...hosted, url: 'nonsense' }, 'not_an_address'],
    [{ ...hosted, url: 'http://abc.supabase.co' }, 'insecure'],
    [{ ...hosted, key: 'sb_secret_abcdefghijklmnop' }, 'secret_key'],
  ] as const)('%j is refused without asking anybody', async (wanted, outcome) => {
    const { backend, probed } = open()
    expect(await backend.use(wanted)).toBe(outcome)
    expect(probed).toEqual([])
  })

  test('back to the embedded one, which starts anew; quitting waits for all that end', async () => {
    const { backend, embedded } = open()
    backend.start()
    await backend.use(hosted)
    expect(await backend.use({ kind: 'embedded' })).toBe('used')
    expect(embedded.map(({ kind }) => kind)).toEqual(['stopping', 'started'])
    expect(open().backend.choice().kind).toBe('embedded')
    const stopping = backend.stop()
    embedded[1]?.end()
    const early = await Promise.race([stopping, new Promise((resolve) => setTimeout(resolve, 5, 'waiting'))])
    expect(early).toBe('waiting')
    embedded[0]?.end()
    await stopping
    expect(embedded.map(({ kind }) => kind)).toEqual(['stopping', 'stopping'])
  })

  test('a visit turns to somebody nearby, is not kept, and ends at home', async () => {
    const { backend, embedded, told } = open()
    backend.start()
    const host = {
      kind: 'ready',
      mode: 'nearby',
      url: 'http://127.0.0.1:5',
      publishableKey: 'k',
      livekitUrl: null,
    } as const
    backend.visit(host)
    expect(backend.connection()).toEqual(host)
    expect(backend.askHosting({ kind: 'stopHosting' })).toBe(false)
    expect(await backend.use(hosted)).toBe('guest')
    expect(open().backend.choice()).toEqual({ kind: 'embedded', url: null, isFixed: false })
    backend.visit(null)
    backend.visit(null)
    expect(embedded.map(({ kind }) => kind)).toEqual(['stopping', 'started'])
    expect(told).toEqual(['ready', 'starting'])
    expect(backend.askHosting({ kind: 'stopHosting' })).toBe(true)
  })

  test('from a hosted one, too, home is where one was', async () => {
    const { backend } = open()
    await backend.use(hosted)
    backend.visit({
      kind: 'ready',
      mode: 'nearby',
      url: 'http://127.0.0.1:5',
      publishableKey: 'k',
      livekitUrl: null,
    })
    backend.visit(null)
    expect(backend.connection()).toMatchObject({ mode: 'hosted', url })
  })

  test('the environment wins over what was saved, and cannot be changed', async () => {
    await open().backend.use(hosted)
    const environment = { STUDYHALL_SUPABASE_URL: 'https://other.example', STUDYHALL_SUPABASE_KEY: key }
    const { backend } = open(environment)
    expect(backend.choice()).toEqual({ kind: 'hosted', url: 'https://other.example', isFixed: true })
    expect(await backend.use({ kind: 'embedded' })).toBe('fixed')
    expect(open().backend.choice().url).toBe(url)
  })

  test('an environment that makes no sense is a failure in words', () => {
    const { backend } = open({ STUDYHALL_SUPABASE_URL: 'x', STUDYHALL_SUPABASE_KEY: key })
    expect(backend.connection().kind).toBe('failed')
    expect(backend.choice().isFixed).toBe(true)
  })

  test('a key that can no longer be read is asked for again', async () => {
    await open().backend.use(hosted)
    canDecrypt = false
    const { backend } = open()
    expect(backend.connection()).toMatchObject({ kind: 'failed', failure: { kind: 'saved_key_unreadable' } })
    expect(backend.choice()).toEqual({ kind: 'hosted', url, isFixed: false })
    expect(await backend.use({ kind: 'embedded' })).toBe('used')
  })

  test.each(['', '{', '{"version":1,"url":"http://abc.co","key":{"encrypted":false,"value":"x"}}'])(
    'a file with %j does not stop the start',
    (content) => {
      writeFileSync(join(folder, 'backend.json'), content)
      const { kind } = open().backend.connection()
      expect(['starting', 'failed']).toContain(kind)
    },
  )
})

test('a choice that cannot be written is not made', async () => {
  const backend = createBackendSwitch({
    fixed: null,
    saved: {
      load: () => ({ kind: 'embedded' }),
      save: () => {
        throw new Error('full')
      },
    },
    livekitUrl: null,
    invitePage: null,
    openEmbedded: () => ({
      connection: () => ({ kind: 'starting', step: '' }),
      start: () => undefined,
      retry: () => ({ kind: 'starting', step: '' }),
      askHosting: () => false,
      stop: () => Promise.resolve(),
    }),
    probe: () => Promise.resolve(null),
    onChanged: () => undefined,
    log,
  })
  expect(await backend.use(hosted)).toBe('not_saved')
  expect(backend.choice().kind).toBe('embedded')
})
