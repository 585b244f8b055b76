import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createHosting } from '../../src/backend/nearby/createHosting.ts'
import { silentLog } from '../../src/backend/log/log.ts'
import { createGuest } from '../../src/main/nearby/createGuest.ts'
import { createHost } from '../../src/main/nearby/createHost.ts'
import { findHost } from '../../src/main/nearby/dialHost.ts'
import { listenToHost } from '../../src/main/nearby/listenToHost.ts'
import { openTunnel } from '../../src/main/nearby/openTunnel.ts'
import type { BackendCommand } from '../../src/shared/backend/messages.ts'
import { parseHostCode } from '../../src/shared/nearby/hostCode.ts'

/*
 * Run inside a network namespace of its own, where interfaces are real and harm nobody: a host on two cables, of which one is pulled and
 * another plugged in, and its guest. Prints one line of JSON: what was seen, step by step.
 */

const ip = (...args: readonly string[]): void => void execFileSync('ip', args)

/** A cable with both ends in this computer; the near one has the address. `pull` takes the far end down, as a hand would. */
function plugIn(name: string, address: string): { readonly pull: () => void } {
  const far = `${name}far`
  ip('link', 'add', name, 'type', 'veth', 'peer', 'name', far)
  ip('address', 'add', `${address}/24`, 'dev', name)
  ip('link', 'set', name, 'up')
  ip('link', 'set', far, 'up')
  return { pull: () => ip('link', 'delete', name) }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(20)
}

ip('link', 'set', 'lo', 'up')
const folder = mkdtempSync(join(tmpdir(), 'studyhall-network-'))
const first = plugIn('enp1', '192.168.77.1')
const media: string[][] = []
const hosting = createHosting({
  backend: {
    role: () => 'owner',
    connection: () => ({
      url: 'http://127.0.0.1:9',
      publishableKey: `sb_publishable_${randomBytes(16).toString('base64url')}`,
      secretKey: 'sb_secret_x',
      databaseUrl: 'postgresql://nobody@127.0.0.1:9/none',
      livekitUrl: null,
    }),
    openMedia: (addresses) => media.push([...addresses]),
  },
  certificateFile: join(folder, 'nearby.json'),
  log: silentLog,
  tell: (report) => host.handleReport(report),
  readIntervalMs: 100,
})
const host = createHost({
  backend: {
    choice: () => ({ kind: 'embedded', url: null, isFixed: false }),
    askHosting: (command: BackendCommand) => {
      if (command.kind === 'host') void hosting.start(command.request)
      else void hosting.stop()
      return true
    },
  },
  firmPort: null,
  onChanged: () => undefined,
})
const guest = createGuest({
  findHost,
  listenToHost,
  openTunnel: (place) => openTunnel(place, () => undefined),
  visit: () => undefined,
  nowMs: () => performance.now(),
  setTimer: (callback, delayMs) => {
    const timer = setTimeout(callback, Math.min(delayMs, 200))
    return () => clearTimeout(timer)
  },
  onChanged: () => undefined,
  log: silentLog,
})
const on = () => {
  const state = host.state()
  return state.kind === 'on' ? state : null
}
const addresses = (): string => on()?.addresses.join() ?? 'not hosting'
const isReachable = (): boolean => {
  const state = guest.state()
  return state.kind === 'joined' && state.isReachable
}
const seen: Record<string, unknown>[] = []
const note = (what: string): void => {
  const codeSays = parseHostCode(on()?.code ?? '')?.addresses.join()
  seen.push({ what, addresses: addresses(), codeSays, hasMoved: on()?.hasMoved, guest: isReachable() })
}

host.start('Ada')
await until(() => on() !== null)
const joined = await guest.join(on()?.code ?? '')
await until(() => on()?.guests === 1)
note(`guest ${joined}`)

const second = plugIn('enp2', '10.77.0.1')
await until(() => addresses().includes('10.77.0.1'))
note('a second network')

first.pull()
await until(() => addresses() === '10.77.0.1')
await until(() => !isReachable() || on()?.guests === 1)
await until(() => isReachable() && on()?.guests === 1)
note('the first one pulled')

second.pull()
await until(() => addresses() === '')
await until(() => !isReachable())
note('none')

const third = plugIn('enp3', '10.77.0.1')
await until(() => addresses() === '10.77.0.1' && isReachable() && on()?.guests === 1)
note('one again')

guest.leave()
await hosting.stop()
third.pull()
rmSync(folder, { recursive: true, force: true })
console.log(JSON.stringify({ seen, media }))
