import { describe, expect, test } from 'vitest'
import { err, ok } from '../../../../src/shared/result.ts'
import type { CallDatabase } from '../databaseCall.ts'
import { refuse } from '../refusal.ts'
import { createSfu, SFU_CHECK_LIFETIME_MS } from './createSfu.ts'
import type { Sfu } from './createSfu.ts'

const userId = '5b0e1c52-9a0f-4b43-8d47-3a3c2f3f8f10'
const grant = {
  roomName: 'room',
  identity: 'connection',
  userId,
  displayName: 'Ada',
  canPublishSources: ['microphone'],
}
const configured = {
  STUDYHALL_LIVEKIT_URL: 'wss://media.test',
  STUDYHALL_LIVEKIT_KEY: 'key',
  STUDYHALL_LIVEKIT_SECRET: 'a secret of at least thirty-two characters',
}

/** A media server that can be told to fail, and notes what it was asked. */
function createTestSfu(options: {
  readonly environment?: Readonly<Record<string, string>>
  readonly call?: CallDatabase
}): {
  readonly sfu: Sfu
  readonly asked: string[]
  readonly server: { status: number; nowMs: number }
} {
  const asked: string[] = []
  const server = { status: 200, nowMs: 0 }
  const sfu = createSfu({
    environment: options.environment ?? configured,
    call: options.call ?? (async () => ok(grant)),
    callAsService: async () => ok(null),
    now: () => server.nowMs,
    fetch: async (request) => {
      asked.push(`${request.method} ${request.url}`)
      await Promise.resolve()
      if (server.status === 0) throw new TypeError('cannot connect')
      return new Response('OK', { status: server.status })
    },
  })
  return { sfu, asked, server }
}

async function askFor(sfu: Sfu): Promise<string> {
  const answer = await sfu.mediaToken('token', 'room', 'connection')
  return answer.ok ? answer.value.url : `${answer.error.status} ${answer.error.kind}`
}

describe('whether the media server answers', () => {
  /** What the database is told, by an API that runs alone or beside whoever runs the media server. */
  function createWatched(options: { runsAlone: boolean; isConfigured?: boolean }) {
    const told: unknown[] = []
    const works: Promise<unknown>[] = []
    const state = { status: 200, nowMs: 0, isDatabaseThere: true }
    const sfu = createSfu({
      environment: options.isConfigured === false ? {} : configured,
      call: async () => ok(grant),
      callAsService: async (name, parameters) => {
        if (name === 'take_sfu_rooms') return ok({ leaseId: userId, rooms: [], nextDueInMs: null })
        told.push(parameters)
        return state.isDatabaseThere ? ok(true) : err(refuse('internal'))
      },
      now: () => state.nowMs,
      afterwards: options.runsAlone ? (work) => works.push(work) : undefined,
      fetch: async () => {
        if (state.status === 0) throw new TypeError('cannot connect')
        return new Response('OK', { status: state.status })
      },
    })
    const settle = async (): Promise<unknown> => await Promise.all(works)
    return { sfu, told, state, settle }
  }

  test('is told to the database by a token, and by a sweep', async () => {
    const { sfu, told, state, settle } = createWatched({ runsAlone: true })
    await askFor(sfu)
    expect(told).toEqual([{ p_answers: true }])
    state.status = 0
    state.nowMs = SFU_CHECK_LIFETIME_MS
    expect((await sfu.sweep()).ok).toBe(true)
    await askFor(sfu)
    expect(told).toEqual([{ p_answers: true }, { p_answers: false }])
    state.nowMs += 1_000
    await askFor(sfu)
    state.status = 200
    await askFor(sfu)
    expect(told.slice(2)).toEqual([{ p_answers: false }, { p_answers: true }])
    await settle()
  })

  test('is told again where the database could not be reached', async () => {
    const { sfu, told, state, settle } = createWatched({ runsAlone: true })
    state.status = 502
    state.isDatabaseThere = false
    await askFor(sfu)
    await settle()
    await askFor(sfu)
    await settle()
    expect(told).toHaveLength(2)
  })

  test('one that is not configured is silent', async () => {
    const { sfu, told } = createWatched({ runsAlone: true, isConfigured: false })
    expect(await sfu.sweep()).toMatchObject({ ok: false, error: { kind: 'sfu_unavailable' } })
    expect(told).toEqual([{ p_answers: false }])
  })

  test('is left to whoever runs it where somebody does', async () => {
    const { sfu, told } = createWatched({ runsAlone: false })
    await askFor(sfu)
    await sfu.sweep()
    expect(told).toEqual([])
  })
})

describe('the media server', () => {
  test('is asked whether it is there once in five seconds, however many want a token', async () => {
    const { sfu, asked, server } = createTestSfu({})
    expect(await Promise.all([askFor(sfu), askFor(sfu)])).toEqual(['wss://media.test', 'wss://media.test'])
    server.nowMs = SFU_CHECK_LIFETIME_MS - 1
    expect(await askFor(sfu)).toBe('wss://media.test')
    expect(asked).toEqual(['GET https://media.test/'])
    server.nowMs += 1
    expect(await askFor(sfu)).toBe('wss://media.test')
    expect(asked).toHaveLength(2)
  })

  test.each([0, 404, 502])(
    'is unavailable while it answers with %i, and found again at once',
    async (status) => {
      const { sfu, server } = createTestSfu({})
      server.status = status
      expect(await askFor(sfu)).toBe('503 sfu_unavailable')
      server.status = 200
      expect(await askFor(sfu)).toBe('wss://media.test')
    },
  )

  test('is unavailable where none is configured', async () => {
    const { sfu, asked } = createTestSfu({ environment: {} })
    expect(await askFor(sfu)).toBe('503 sfu_unavailable')
    expect(asked).toEqual([])
  })

  test('is not asked for people without rights', async () => {
    const { sfu, asked } = createTestSfu({ call: async () => err(refuse('not_participant')) })
    expect(await askFor(sfu)).toBe('403 not_participant')
    expect(asked).toEqual([])
  })

  test('no token is made of an answer that is no grant', async () => {
    const { sfu } = createTestSfu({ call: async () => ok({ ...grant, canPublishSources: ['everything'] }) })
    expect(await askFor(sfu)).toBe('500 internal')
  })

  test('is described to whoever is signed in, by what it answers', async () => {
    const describeFor = async (options: Parameters<typeof createTestSfu>[0], status = 200) => {
      const { sfu, server } = createTestSfu(options)
      server.status = status
      const answer = await sfu.describe('token')
      return answer.ok ? answer.value.mediaServer : answer.error.kind
    }
    expect(await describeFor({})).toBe('answers')
    expect(await describeFor({}, 503)).toBe('silent')
    expect(await describeFor({}, 0)).toBe('silent')
    expect(await describeFor({ environment: {} })).toBe('none')
    const { sfu, asked } = createTestSfu({ call: async () => err(refuse('not_signed_in')) })
    expect(await sfu.describe('stranger')).toMatchObject({ ok: false, error: { kind: 'not_signed_in' } })
    expect(asked).toEqual([])
  })
})
