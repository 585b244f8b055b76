import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasTray } from './hasTray.ts'

const isPossible = process.platform === 'linux' && ['dbus-daemon', 'gdbus'].every(isInstalled)

/** A session bus of our own, with nobody on it: a desktop without a tray, for real. */
describe.skipIf(!isPossible)('a session bus without a tray', () => {
  let daemon: ChildProcess
  const before = process.env['DBUS_SESSION_BUS_ADDRESS']
  beforeAll(async () => {
    daemon = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [address] = (await once(daemon.stdout ?? daemon, 'data')) as [Buffer]
    process.env['DBUS_SESSION_BUS_ADDRESS'] = address.toString().trim()
  })
  afterAll(() => {
    daemon.kill()
    if (before === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS']
    else process.env['DBUS_SESSION_BUS_ADDRESS'] = before
  })

  test('has none, and says so within seconds', async () => {
    expect(await hasTray('linux')).toBe(false)
  })
})

function isInstalled(program: string): boolean {
  try {
    execFileSync('which', [program])
    return true
  } catch {
    return false
  }
}
