// `node tools/setup/completeLock.mjs`: adds to package-lock.json the optional packages of other platforms that the registry
// at hand does not carry. Without them `npm ci` calls the lock file out of sync, here and on those platforms. Run it after
// `npm install`; it changes nothing when nothing is missing.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from './ensureDependencies.mjs'

const file = join(projectFolder, 'package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8'))
const added = missingOptionals(lock.packages)
if (added.size > 0) {
  const all = [...Object.entries(lock.packages), ...added]
  lock.packages = Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : Number(a > b))))
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
}
console.log(`${added.size} packages of other platforms added to package-lock.json`)

function missingOptionals(packages) {
  const missing = new Map()
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const isThere = ancestors(path).some((folder) => `${folder}node_modules/${name}` in packages)
      const limits = platformOf(name)
      // Only exact versions can be written down without asking the registry.
      if (isThere || limits === null || !/^\d+\.\d+\.\d+[\w.-]*$/.test(version)) continue
      missing.set(`node_modules/${name}`, { version, ...limits, ...(dev ? { dev } : {}), optional: true })
    }
  }
  return missing
}

/** Where Node looks for a package from a folder of the lock file, nearest first; each ends with a slash or is empty. */
function ancestors(path) {
  const parts = path === '' ? [] : path.split(/(?<=^|\/)node_modules\//).slice(1)
  return parts
    .map((_part, index) =>
      parts
        .slice(0, parts.length - index)
        .map((part) => `node_modules/${part}`)
        .join(''),
    )
    .map((folder) => (folder.endsWith('/') ? folder : `${folder}/`))
    .concat('')
}

/** The limits that a platform package's name tells; null when it tells none. */
function platformOf(name) {
  const words = name.split(/[/@-]/)
  const systems = {
    darwin: 'darwin',
    linux: 'linux',
    win32: 'win32',
    windows: 'win32',
    freebsd: 'freebsd',
    openbsd: 'openbsd',
    android: 'android',
    openharmony: 'openharmony',
    linuxmusl: 'linux',
    aix: 'aix',
    netbsd: 'netbsd',
    sunos: 'sunos',
  }
  const processors = {
    x64: 'x64',
    arm64: 'arm64',
    arm: 'arm',
    ia32: 'ia32',
    ppc64: 'ppc64',
    riscv64: 'riscv64',
    s390x: 's390x',
    loong64: 'loong64',
    mips64el: 'mips64el',
  }
  const os = words.map((word) => systems[word]).find((word) => word !== undefined)
  const cpu = words.map((word) => processors[word]).find((word) => word !== undefined)
  if (os === undefined) return null
  const libc = /musl/.test(name) ? 'musl' : /(glibc|gnu)/.test(name) && os === 'linux' ? 'glibc' : undefined
  return {
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(libc === undefined ? {} : { libc: [libc] }),
    os: [os],
  }
}
