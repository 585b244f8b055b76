import { describe, expect, test } from 'vitest'
import type { BackendMessage, HostingReport } from '../../shared/backend/messages.ts'
import type { BackendConnection } from '../../shared/ipc/contract.ts'
import { type BackendSupervisor, createBackendSupervisor } from './backendSupervisor.ts'

const ready: BackendMessage = {
  kind: 'ready',
  role: 'owner',
  connection: { url: 'http://127.0.0.1:1', publishableKey: 'k', livekitUrl: null },
  startUpMs: 1,
}
const failed: BackendMessage = {
  kind: 'failed',
  failure: { kind: 'database-newer', message: 'The database is newer.' },
}

/** The supervisor over processes, a clock and timers that the test moves. */
class Stage {
  readonly forked: {
    say: (message: BackendMessage) => void
    exit: (code: number) => void
    told: string[]
  }[] = []
  readonly changes: BackendConnection[] = []
  readonly hosting: HostingReport[] = []
  readonly delaysMs: number[] = []
  readonly supervisor: BackendSupervisor
  nowMs = 0
  #due: (() => void) | null = null

  constructor() {
    this.supervisor = createBackendSupervisor({
      fork: () => {
        const told: string[] = []
        const listeners: { message?: (message: BackendMessage) => void; exit?: (code: number) => void } = {}
        this.forked.push({
          say: (message) => listeners.message?.(message),
          exit: (code) => listeners.exit?.(code),
          told,
        })
        return {
          postMessage: (command) => told.push(command.kind),
          kill: () => told.push('kill'),
          onMessage: (listener) => (listeners.message = listener),
          onExit: (listener) => (listeners.exit = listener),
        }
      },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      onChanged: (connection) => this.changes.push(connection),
      onHosting: (report) => this.hosting.push(report),
      nowMs: () => this.nowMs,
      setTimer: (callback, delayMs) => {
        this.delaysMs.push(delayMs)
        this.#due = callback
        return () => {
          this.#due = null
        }
      },
    })
    this.supervisor.start()
  }

  get last(): Stage['forked'][number] {
    const last = this.forked.at(-1)
    if (last === undefined) throw new Error('nothing was started')
    return last
  }

  elapse(): void {
    const due = this.#due
    this.#due = null
    due?.()
  }
}

describe('createBackendSupervisor', () => {
  test('tells the steps of the start and then where the backend is', () => {
    const stage = new Stage()
    stage.last.say({ kind: 'starting', step: 'postgres' })
    stage.last.say(ready)
    expect(stage.changes).toEqual([
      { kind: 'starting', step: 'postgres' },
      { kind: 'ready', mode: 'embedded', url: 'http://127.0.0.1:1', publishableKey: 'k', livekitUrl: null },
    ])
  })

  test('starts a crashed backend again, each time in a row later, and gives up in words', () => {
    const stage = new Stage()
    for (let crash = 0; crash < 7; crash += 1) {
      stage.last.exit(1)
      stage.elapse()
    }
    expect(stage.delaysMs).toEqual([250, 500, 1000, 2000, 4000, 8000])
    expect(stage.forked).toHaveLength(7)
    expect(stage.supervisor.connection()).toMatchObject({
      kind: 'failed',
      failure: { kind: 'crashed_repeatedly' },
    })
  })

  test('a backend that had been sound for long starts again at once', () => {
    const stage = new Stage()
    stage.last.exit(1)
    stage.elapse()
    stage.last.say(ready)
    stage.nowMs = 120_000
    stage.last.exit(1)
    expect(stage.delaysMs).toEqual([250, 250])
    expect(stage.supervisor.connection()).toEqual({ kind: 'starting', step: 'Starting the backend again' })
  })

  test('what the backend itself calls a failure is not tried again, until the person asks', () => {
    const stage = new Stage()
    stage.last.say(failed)
    stage.last.exit(0)
    stage.elapse()
    expect(stage.forked).toHaveLength(1)
    expect(stage.supervisor.connection()).toMatchObject({
      kind: 'failed',
      failure: { kind: 'database-newer' },
    })
    stage.supervisor.retry()
    expect(stage.forked).toHaveLength(2)
    expect(stage.supervisor.connection()).toMatchObject({ kind: 'starting' })
  })

  test('asking again while the failed process is there ends it first', () => {
    const stage = new Stage()
    stage.last.say(failed)
    stage.supervisor.retry()
    expect(stage.last.told).toEqual(['kill'])
    stage.last.exit(1)
    stage.elapse()
    expect(stage.forked).toHaveLength(2)
  })

  test('stopping asks the backend, waits for it, and starts nothing again', async () => {
    const stage = new Stage()
    stage.last.say(ready)
    const stopped = stage.supervisor.stop()
    expect(stage.last.told).toEqual(['stop'])
    stage.last.exit(0)
    await stopped
    stage.elapse()
    expect(stage.forked).toHaveLength(1)
  })

  test('a backend that does not stop is ended by force', async () => {
    const stage = new Stage()
    const stopped = stage.supervisor.stop()
    stage.elapse()
    expect(stage.last.told).toEqual(['stop', 'kill'])
    stage.last.exit(1)
    await stopped
  })

  test('stopping between two starts ends at once', async () => {
    const stage = new Stage()
    stage.last.exit(1)
    await stage.supervisor.stop()
    stage.elapse()
    expect(stage.forked).toHaveLength(1)
  })
})

test('hosting is asked of a backend that is ready, and is over with its process', () => {
  const stage = new Stage()
  const request = { hostName: 'Ada', key: 'k', port: 1, isFirm: false }
  expect(stage.supervisor.askHosting({ kind: 'host', request })).toBe(false)
  stage.last.say(ready)
  expect(stage.supervisor.askHosting({ kind: 'host', request })).toBe(true)
  expect(stage.last.told).toEqual(['host'])
  stage.last.say({ kind: 'hosting', report: { kind: 'off', problem: 'no_network' } })
  stage.last.exit(1)
  expect(stage.hosting).toEqual([
    { kind: 'off', problem: 'no_network' },
    { kind: 'off', problem: null },
  ])
})
