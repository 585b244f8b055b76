import { execFileSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { canInstallPackages, installPackages } from './debianPackages.mjs'

/** What the fault suite runs besides the project's own: programs, and Debian's packages with them. */
const programs = { ip: 'iproute2', openssl: 'openssl', turnserver: 'coturn' }

/**
 * Sees that the fault suite can run here; on Debian, as root, installs what is missing, after saying so.
 *
 * @param {(line: string) => void} [say] Told what is being done.
 * @returns {Promise<string | null>} why it cannot run; null when it can
 */
export async function ensureFaultTools(say = (line) => console.log(line)) {
  if (process.platform !== 'linux') return 'network namespaces are Linux’s alone'
  if (process.getuid?.() !== 0) return 'network namespaces are for root to make'
  if (!isReachable('/dev/net/tun')) return 'there is no /dev/net/tun'
  const missing = Object.keys(programs).filter((name) => !isInstalled(name))
  if (missing.length > 0 && canInstallPackages()) {
    const packages = missing.map((name) => programs[name])
    say(`Installing ${packages.join(', ')} with apt-get (root on Debian) …`)
    await installPackages(packages)
  }
  const lacking = [...Object.keys(programs), 'go'].filter((name) => !isInstalled(name))
  if (lacking.length > 0) return `not installed: ${lacking.join(', ')}`
  return probeNamespace()
}

/** Some containers give root's name without its rights. */
function probeNamespace() {
  const name = `studyhall-faults-${process.pid}-probe`
  try {
    execFileSync('ip', ['netns', 'add', name], { stdio: 'pipe' })
    execFileSync('ip', ['-n', name, 'tuntap', 'add', 'dev', 'wan0', 'mode', 'tun'], { stdio: 'pipe' })
    return null
  } catch (error) {
    return `no network namespace can be made: ${error instanceof Error ? error.message : String(error)}`
  } finally {
    try {
      execFileSync('ip', ['netns', 'delete', name], { stdio: 'pipe' })
    } catch {
      // It was not made.
    }
  }
}

function isInstalled(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .concat('/usr/sbin', '/sbin')
    .some((folder) => folder !== '' && isReachable(join(folder, name), constants.X_OK))
}

function isReachable(path, mode = constants.F_OK) {
  try {
    accessSync(path, mode)
    return true
  } catch {
    return false
  }
}
