import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'
import { openElectronUpdates } from './electronUpdates.ts'

const fake = vi.hoisted(() => ({ updater: null as unknown }))
vi.mock('electron-updater', () => ({
  default: {
    get autoUpdater() {
      return fake.updater
    },
  },
}))

class FakeUpdater extends EventEmitter {
  installs = true

  checkForUpdates(): Promise<unknown> {
    return Promise.resolve({ isUpdateAvailable: true, updateInfo: { version: '2.0.0' } })
  }

  /** As electron-updater does: it tells, and throws nothing. */
  quitAndInstall(): void {
    if (!this.installs) this.emit('error', new Error('pkexec was dismissed'))
  }
}

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
const installation = { isPackaged: true, resources: '/', platform: 'linux', appImage: undefined } as const

test.each([
  ['starts', true, 0],
  ['does not start', false, 1],
] as const)(
  'an installer that %s is told, so that the app ends in any case',
  async (_what, installs, failures) => {
    const updater = new FakeUpdater()
    updater.installs = installs
    fake.updater = updater
    const updates = openElectronUpdates(installation, log)
    expect(await updates.check('stable')).toBe('2.0.0')
    const onFailed = vi.fn<() => void>()
    updates.install(onFailed)
    expect(onFailed).toHaveBeenCalledTimes(failures)
  },
)
