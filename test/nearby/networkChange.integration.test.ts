import { execFile, execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const scene = join(import.meta.dirname, 'networkScene.ts')

/** Whether a network of one's own, with cables in it, may be made here. */
function mayMakeNetworks(): boolean {
  try {
    execFileSync(
      'unshare',
      ['--net', 'ip', 'link', 'add', 'enp9', 'type', 'veth', 'peer', 'name', 'enp9far'],
      {
        stdio: 'ignore',
      },
    )
    return true
  } catch {
    return false
  }
}

test(
  'a host whose cables are pulled and plugged in is found again, on real interfaces',
  { timeout: 120_000 },
  async ({ skip }) => {
    skip(!mayMakeNetworks(), 'this account may not make a network of its own (Linux, root)')
    const { stdout } = await run('unshare', ['--net', process.execPath, scene], { timeout: 110_000 })
    const { seen, media } = JSON.parse(stdout) as { seen: unknown[]; media: unknown[] }
    const one = '192.168.77.1'
    const two = '10.77.0.1'
    expect(seen).toEqual([
      { what: 'guest joined', addresses: one, codeSays: one, hasMoved: false, guest: true },
      {
        what: 'a second network',
        addresses: `${one},${two}`,
        codeSays: `${one},${two}`,
        hasMoved: true,
        guest: true,
      },
      { what: 'the first one pulled', addresses: two, codeSays: two, hasMoved: true, guest: true },
      // The last code stays: the network may come back.
      { what: 'none', addresses: '', codeSays: two, hasMoved: true, guest: false },
      { what: 'one again', addresses: two, codeSays: two, hasMoved: true, guest: true },
    ])
    // Media is opened where the host is, and nowhere else.
    expect(media).toEqual([[one], [one, two], [two], [], [two], []])
  },
)
