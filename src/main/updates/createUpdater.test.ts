import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { UpdateState } from '../../shared/updates/updateState.ts'
import { createUpdater, type Updater, type UpdateSource } from './createUpdater.ts'
import { canUpdate, installsQuietly } from './electronUpdates.ts'

/** An updater over a server, a clock and a call that the test moves. */
class Stage {
  readonly told: string[] = []
  readonly shown: UpdateState['kind'][] = []
  readonly updater: Updater
  newVersion: string | null = '1.2.0'
  isReachable = true
  #due: (() => void) | null = null
  #endDownload: ((error?: Error) => void) | null = null

  constructor(hasSource = true) {
    const source: UpdateSource = {
      check: async (channel) => {
        this.told.push(`check ${channel}`)
        if (!this.isReachable) throw new Error('getaddrinfo ENOTFOUND https://ada:secret@updates.example')
        return this.newVersion
      },
      download: () =>
        new Promise((resolve, reject) => {
          this.told.push('download')
          this.#endDownload = (error) => (error === undefined ? resolve() : reject(error))
        }),
      cancelDownload: () => {
        this.told.push('cancel')
        this.#endDownload?.(new Error('cancelled'))
      },
      setInstallOnQuit: (isWanted) => this.told.push(`install on quit: ${isWanted}`),
    }
    this.updater = createUpdater({
      source: hasSource ? source : null,
      channel: 'stable',
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      onChanged: ({ kind }) => this.shown.push(kind),
      quitAndInstall: () => this.told.push('quit and install'),
      setTimer: (callback) => {
        this.#due = callback
        return () => {
          this.#due = null
        }
      },
    })
  }

  async elapse(): Promise<void> {
    const due = this.#due
    this.#due = null
    due?.()
    await settle()
  }

  async endDownload(): Promise<void> {
    this.#endDownload?.()
    await settle()
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('createUpdater', () => {
  test('brings an update in the background and installs it when the person says so', async () => {
    const stage = new Stage()
    await stage.elapse()
    await stage.endDownload()
    expect(stage.updater.restart()).toEqual({ kind: 'restarting', version: '1.2.0' })
    expect(stage.told).toEqual(['check stable', 'download', 'install on quit: true', 'quit and install'])
    expect(stage.shown).toEqual(['checking', 'downloading', 'ready', 'restarting'])
  })

  test('a call that begins ends the download, which begins again after it', async () => {
    const stage = new Stage()
    await stage.elapse()
    stage.updater.handleCall(true)
    await settle()
    expect(stage.updater.state().kind).toBe('held')
    stage.updater.handleCall(false)
    await stage.endDownload()
    expect(stage.updater.state().kind).toBe('ready')
    expect(stage.told).toEqual(['check stable', 'download', 'cancel', 'download', 'install on quit: true'])
  })

  test('a server that cannot be reached is tried again, and nothing of its address is told', async () => {
    const stage = new Stage()
    stage.isReachable = false
    await stage.elapse()
    expect(stage.updater.state()).toEqual({
      kind: 'waiting',
      lastProblem: 'The update server could not be reached.',
    })
    stage.isReachable = true
    stage.newVersion = null
    await stage.elapse()
    expect(stage.updater.state()).toEqual({ kind: 'waiting', lastProblem: null })
  })

  test('without a source it is off and says so', () => {
    const stage = new Stage(false)
    expect([stage.updater.check(), stage.updater.restart()]).toEqual([{ kind: 'off' }, { kind: 'off' }])
    expect(stage.told).toEqual([])
  })
})

describe('which copies update themselves', () => {
  let resources = ''
  beforeEach(() => {
    resources = mkdtempSync(join(tmpdir(), 'studyhall-updates-'))
  })
  afterEach(() => rmSync(resources, { recursive: true, force: true }))

  test('those that were packaged with a place to look', () => {
    const copy = { resources, platform: 'linux', appImage: undefined } as const
    expect(canUpdate({ ...copy, isPackaged: true })).toBe(false)
    writeFileSync(join(resources, 'app-update.yml'), 'provider: generic\n')
    expect(canUpdate({ ...copy, isPackaged: true })).toBe(true)
    expect(canUpdate({ ...copy, isPackaged: false })).toBe(false)
  })

  test('Debian’s package is not replaced by quitting, because that asks for a password', () => {
    const copy = { resources, isPackaged: true }
    expect(installsQuietly({ ...copy, platform: 'linux', appImage: undefined })).toBe(false)
    expect(installsQuietly({ ...copy, platform: 'linux', appImage: '/home/ada/Studyhall.AppImage' })).toBe(
      true,
    )
    expect(installsQuietly({ ...copy, platform: 'win32', appImage: undefined })).toBe(true)
  })
})
