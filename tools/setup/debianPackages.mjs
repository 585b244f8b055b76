import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import process from 'node:process'

/** What `/etc/os-release` says of this system; empty where there is none. */
export function distribution() {
  try {
    return readFileSync('/etc/os-release', 'utf8')
  } catch {
    return ''
  }
}

/**
 * Whether packages can be installed here without asking anybody: as root, on Debian itself. (Some of Ubuntu's packages are only
 * pointers to snaps, which a container cannot run.)
 */
export function canInstallPackages() {
  return (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    /^ID=debian$/m.test(distribution()) &&
    existsSync('/usr/bin/apt-get')
  )
}

/**
 * Installs Debian packages without what they merely recommend. Throws with apt-get's own words when it fails.
 *
 * @param {readonly string[]} names
 */
export async function installPackages(names) {
  await apt(['update'])
  await apt(['install', '-y', '--no-install-recommends', ...names])
}

function apt(args) {
  return new Promise((resolve, reject) => {
    const child = spawn('apt-get', ['-q', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`apt-get ${args[0]} failed (code ${code}):\n${output.trim().slice(-2000)}`))
    })
  })
}
