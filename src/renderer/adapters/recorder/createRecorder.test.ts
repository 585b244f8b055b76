import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { RecorderPort } from '../../core/ports/recorder.ts'
import { createRecorder } from './createRecorder.ts'

/** What is open, and what the worker was told, in place of the browser's own. */
let open: Set<string>
let said: string[]
let breakWorker: () => void
let failed: string[]
let refuses: 'nothing' | 'making' | 'starting'
let recorder: RecorderPort

class FakeWorker {
  readonly #listeners: ((event: unknown) => void)[] = []

  constructor() {
    breakWorker = () => {
      for (const listener of this.#listeners) listener({ data: { kind: 'failed', message: 'x' } })
    }
  }

  addEventListener(kind: string, listener: (event: unknown) => void): void {
    if (kind === 'message') this.#listeners.push(listener)
  }

  postMessage({ kind }: { readonly kind: string }): void {
    said.push(kind)
  }
}

class FakeGenerator {
  readonly writable = {}

  constructor() {
    open.add('picture')
  }

  stop(): void {
    open.delete('picture')
  }
}

class FakeAudioContext {
  constructor() {
    open.add('voices')
  }

  createMediaStreamDestination() {
    return { stream: { getAudioTracks: () => [{}] } }
  }

  resume(): Promise<void> {
    return Promise.resolve()
  }

  close(): Promise<void> {
    open.delete('voices')
    return Promise.resolve()
  }
}

class FakeMediaRecorder extends EventTarget {
  state = 'inactive'

  constructor() {
    super()
    if (refuses === 'making') throw new Error('not supported')
  }

  start(): void {
    if (refuses === 'starting') throw new Error('not supported')
    this.state = 'recording'
  }

  stop(): void {
    this.state = 'inactive'
    this.dispatchEvent(new Event('stop'))
  }
}

const listen = (name: string) => () => {
  open.add(name)
  return () => open.delete(name)
}

const handlers = {
  handlePiece: () => undefined,
  handleFailed: (reason: string) => void failed.push(reason),
}

beforeEach(() => {
  open = new Set()
  said = []
  failed = []
  refuses = 'nothing'
  vi.stubGlobal('Worker', FakeWorker)
  vi.stubGlobal('MediaStreamTrackGenerator', FakeGenerator)
  vi.stubGlobal('AudioContext', FakeAudioContext)
  vi.stubGlobal('MediaStream', EventTarget)
  vi.stubGlobal('MediaRecorder', FakeMediaRecorder)
  const silent = () => undefined
  recorder = createRecorder({
    isWeak: false,
    initialsOf: () => '',
    logger: { debug: silent, info: silent, warn: silent },
    tracks: {
      current: () => null,
      remote: () => null,
      shownPath: () => null,
      subscribe: listen('tracks'),
      subscribeToRemote: listen('remote'),
      subscribeToShown: listen('shown'),
    },
  })
})
afterEach(() => vi.unstubAllGlobals())

test('what was opened is freed at the end, and a worker that breaks then is nobody’s failure', async () => {
  const session = recorder.start([], handlers)
  expect(open).toEqual(new Set(['picture', 'voices', 'tracks', 'remote', 'shown']))
  await session.stop()
  expect(open).toEqual(new Set())
  expect(said.at(-1)).toBe('stop')
  breakWorker()
  expect(failed).toEqual([])
})

test('a worker that breaks while it records is said', () => {
  recorder.start([], handlers)
  breakWorker()
  expect(failed).toEqual(['broken'])
})

test.each(['making', 'starting'] as const)(
  'where the browser refuses at %s, nothing stays open',
  async (refusal) => {
    refuses = refusal
    recorder.start([], handlers)
    await Promise.resolve()
    expect(failed).toEqual(['unsupported'])
    expect(open).toEqual(new Set())
    expect(said.at(-1)).toBe('stop')
  },
)
