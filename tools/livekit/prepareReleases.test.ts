import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { packTar, type TarEntry } from 'modern-tar'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { findBuiltLivekit } from '../../src/backend/livekit/findLivekitBinary.ts'
import { listenOnFreePort } from '../../test/support/listenOnFreePort.ts'
import { describeReleaseError, pinReleases, prepareRelease, type ReleasePlaces } from './prepareReleases.ts'
import { formatSums, parseSums } from './releaseSums.ts'
import { archiveNames } from './releaseTargets.ts'

const program = new TextEncoder().encode('a server')
const linuxArchive = 'livekit_1.2.3_linux_amd64.tar.gz'
const windowsArchive = 'livekit_1.2.3_windows_amd64.zip'
const sum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** What LiveKit's releases would answer, by path; `cutOff` ends the connection half-way. */
type Published = Map<string, { readonly bytes: Uint8Array; readonly cutOff?: true }>

let published: Published
let asked: string[]
let server: Server
let folder: string
let places: ReleasePlaces

beforeEach(async () => {
  published = new Map()
  asked = []
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const file = published.get(request.url ?? '')
    if (file === undefined) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-length': file.bytes.byteLength })
    if (file.cutOff === undefined) return void response.end(file.bytes)
    response.write(file.bytes.subarray(0, file.bytes.byteLength / 2), () => response.destroy())
  })
  const url = await listenOnFreePort(server)
  folder = await mkdtemp(join(tmpdir(), 'studyhall-releases-'))
  places = {
    version: '1.2.3',
    releasesUrl: `${url}download/`,
    sumsFile: join(folder, 'releases.sha256'),
    archiveFolder: join(folder, 'archives'),
    outputFolder: join(folder, 'livekit'),
    builtProgram: (target) => join(folder, 'built', target),
    build: () => Promise.resolve('There is no compiler.'),
  }
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true })
})

const path = (file: string): string => `/download/v1.2.3/${file}`
const publish = (file: string, bytes: Uint8Array): void => void published.set(path(file), { bytes })
const pinFor = async (sums: Record<string, string>): Promise<void> =>
  await writeFile(places.sumsFile, formatSums('1.2.3', new Map(Object.entries(sums))))

const file = (name: string, body: Uint8Array = program): TarEntry => ({
  header: { name, size: body.byteLength, type: 'file', mode: 0o755 },
  body,
})
const tarOf = async (...entries: TarEntry[]): Promise<Uint8Array> => gzipSync(await packTar(entries))

/** Every file below the folder, to see that nothing came to lie anywhere. */
const filesBelow = async (where: string): Promise<readonly string[]> =>
  (await readdir(where, { recursive: true, withFileTypes: true }))
    .filter((entry) => !entry.isDirectory())
    .map((entry) => entry.name)

describe('a released server', () => {
  it('is fetched, held against its sum and unpacked from a tar.gz', async () => {
    const archive = await tarOf(file('LICENSE'), file('livekit-server'))
    publish(linuxArchive, archive)
    await pinFor({ [linuxArchive]: sum(archive) })
    const prepared = await prepareRelease('linux-x64', places)
    const place = join(places.outputFolder, 'linux-x64', 'livekit-server')
    expect(prepared).toEqual({ ok: true, value: place })
    expect(await readFile(place, 'utf8')).toBe('a server')
    // Windows knows no such bits.
    const executable = process.platform === 'win32' ? 0 : 0o100
    expect((await stat(place)).mode & executable).toBe(executable)
    expect(await filesBelow(places.outputFolder)).toEqual(['livekit-server'])
  })

  it('is unpacked from a zip for Windows', async () => {
    const archive = zipSync({ LICENSE: program, 'livekit-server.exe': program })
    publish(windowsArchive, archive)
    await pinFor({ [windowsArchive]: sum(archive) })
    await prepareRelease('win-x64', places)
    const place = join(places.outputFolder, 'win-x64', 'livekit-server.exe')
    expect(await readFile(place, 'utf8')).toBe('a server')
    expect(await filesBelow(places.outputFolder)).toEqual(['livekit-server.exe'])
  })

  it('is downloaded once, unless what was kept has been changed', async () => {
    const archive = await tarOf(file('livekit-server'))
    publish(linuxArchive, archive)
    await pinFor({ [linuxArchive]: sum(archive) })
    await prepareRelease('linux-x64', places)
    await prepareRelease('linux-x64', places)
    expect(asked).toHaveLength(1)
    await writeFile(join(places.archiveFolder, sum(archive)), 'something else')
    expect(await prepareRelease('linux-x64', places)).toMatchObject({ ok: true })
    expect(asked).toHaveLength(2)
  })

  it('is not asked for without a pinned sum', async () => {
    publish(linuxArchive, await tarOf(file('livekit-server')))
    const prepared = await prepareRelease('linux-x64', places)
    expect(prepared).toMatchObject({ ok: false, error: { kind: 'no_pin', archive: linuxArchive } })
    expect(prepared.ok ? '' : describeReleaseError(prepared.error)).toContain('--pin')
    expect(asked).toEqual([])
  })
})

describe('what is not the released file', () => {
  it('is thrown away when its sum is another, and the server from before stays', async () => {
    const archive = await tarOf(file('livekit-server'))
    publish(linuxArchive, archive)
    await pinFor({ [linuxArchive]: sum(archive) })
    await prepareRelease('linux-x64', places)
    await rm(places.archiveFolder, { recursive: true })
    publish(linuxArchive, await tarOf(file('livekit-server', new TextEncoder().encode('another'))))
    expect(await prepareRelease('linux-x64', places)).toMatchObject({
      ok: false,
      error: { kind: 'wrong_sum', expected: sum(archive) },
    })
    expect(await readFile(join(places.outputFolder, 'linux-x64', 'livekit-server'), 'utf8')).toBe('a server')
    await expect(readdir(places.archiveFolder)).rejects.toThrow('ENOENT')
  })

  it('is thrown away when it was cut off', async () => {
    const archive = await tarOf(file('livekit-server'))
    published.set(path(linuxArchive), { bytes: archive, cutOff: true })
    await pinFor({ [linuxArchive]: sum(archive) })
    expect(await prepareRelease('linux-x64', places)).toMatchObject({
      ok: false,
      error: { kind: 'unreachable' },
    })
    expect(await filesBelow(folder)).toEqual(['releases.sha256'])
  })

  it('is told from a version that was not released', async () => {
    await pinFor({ [linuxArchive]: sum(program) })
    expect(await prepareRelease('linux-x64', places)).toMatchObject({
      ok: false,
      error: { kind: 'refused', status: 404 },
    })
  })
})

describe('an archive with the pinned sum', () => {
  const link: TarEntry = { header: { name: 'LICENSE', size: 0, type: 'symlink', linkname: '/etc/passwd' } }
  const linkedProgram: TarEntry = {
    header: { name: 'livekit-server', size: 0, type: 'symlink', linkname: '/bin/sh' },
  }
  test.each<[string, () => Promise<Uint8Array>]>([
    ['that leaves its folder', () => tarOf(file('../livekit-server'), file('livekit-server'))],
    ['from the root', () => tarOf(file('/tmp/livekit-server'), file('livekit-server'))],
    ['that leaves its folder on Windows', () => tarOf(file('a\\..\\..\\b'), file('livekit-server'))],
    ['that is a link', () => tarOf(file('livekit-server'), link)],
    ['that is a link in the program’s place', () => tarOf(linkedProgram)],
    ['of the program’s name, a second time', () => tarOf(file('livekit-server'), file('livekit-server'))],
    ['of another name alone', () => tarOf(file('bin/livekit-server'))],
    ['without content', () => tarOf(file('livekit-server', new Uint8Array()))],
    ['but is no archive', () => Promise.resolve(program)],
  ])('is not unpacked when it holds a member %s', async (_, pack) => {
    const archive = await pack()
    publish(linuxArchive, archive)
    await pinFor({ [linuxArchive]: sum(archive) })
    expect(await prepareRelease('linux-x64', places)).toMatchObject({
      ok: false,
      error: { kind: 'bad_archive', archive: linuxArchive },
    })
    expect(await filesBelow(folder)).toEqual(expect.arrayContaining([sum(archive), 'releases.sha256']))
    expect(await filesBelow(folder)).toHaveLength(2)
  })

  test.each<[string, Record<string, Uint8Array>]>([
    ['leaves its folder', { '../livekit-server.exe': program, 'livekit-server.exe': program }],
    ['is on another drive', { 'c:/livekit-server.exe': program, 'livekit-server.exe': program }],
    ['is called otherwise', { 'livekit-server': program }],
  ])('is not unpacked when a member of the zip %s', async (_, members) => {
    const archive = zipSync(members)
    publish(windowsArchive, archive)
    await pinFor({ [windowsArchive]: sum(archive) })
    expect(await prepareRelease('win-x64', places)).toMatchObject({
      ok: false,
      error: { kind: 'bad_archive' },
    })
    await expect(readdir(places.outputFolder)).rejects.toThrow('ENOENT')
  })
})

test('the repository pins a sum for every archive of the version that is built', async () => {
  const built = await findBuiltLivekit(join(import.meta.dirname, '..', '..'))
  const pinned = parseSums(await readFile(join(import.meta.dirname, 'releases.sha256'), 'utf8'))
  expect([...pinned.keys()]).toEqual(archiveNames(built?.version ?? 'none'))
})

describe('pinning', () => {
  const names = [linuxArchive, 'livekit_1.2.3_linux_arm64.tar.gz', windowsArchive]
  const checksums = (change: Record<string, string> = {}): Uint8Array => {
    const lines = [...names, 'livekit_1.2.3_linux_armv7.tar.gz'].map(
      (name) => `${change[name] ?? sum(new TextEncoder().encode(name))}  ${name}`,
    )
    return new TextEncoder().encode(`${lines.join('\n')}\n`)
  }

  it('takes the sums of the archives that are fetched, and no others, from LiveKit', async () => {
    const archive = await tarOf(file('livekit-server'))
    publish('checksums.txt', checksums({ [linuxArchive]: sum(archive).toUpperCase() }))
    publish(linuxArchive, archive)
    const pinned = await pinReleases(places)
    expect(pinned.ok ? [...pinned.value.keys()] : pinned).toEqual(names)
    expect(await prepareRelease('linux-x64', places)).toMatchObject({ ok: true })
  })

  it('changes nothing when a released file has another sum than the one that is pinned', async () => {
    publish('checksums.txt', checksums())
    await pinFor({ [windowsArchive]: sum(program) })
    const before = await readFile(places.sumsFile, 'utf8')
    expect(await pinReleases(places)).toMatchObject({ ok: false, error: { kind: 'pin_changed' } })
    expect(await readFile(places.sumsFile, 'utf8')).toBe(before)
  })

  it('changes nothing when a sum is missing or the answer is something else', async () => {
    publish('checksums.txt', new TextEncoder().encode('<html>Sign in to this network</html>'))
    expect(await pinReleases(places)).toMatchObject({ ok: false, error: { kind: 'not_published' } })
    await expect(stat(places.sumsFile)).rejects.toThrow('ENOENT')
  })

  it('does not take sums over a plain connection from elsewhere', async () => {
    const elsewhere = { ...places, releasesUrl: 'http://releases.example.org' }
    expect(await pinReleases(elsewhere)).toMatchObject({ ok: false, error: { kind: 'unsafe_address' } })
  })
})

describe('the server for macOS', () => {
  it('is built once and copied to its place', async () => {
    const built: string[] = []
    const mac: ReleasePlaces = {
      ...places,
      builtProgram: (target) => join(folder, `built-${target}`),
      build: async (goarch, output) => {
        built.push(goarch)
        await writeFile(output, program)
        return null
      },
    }
    await prepareRelease('mac-arm64', mac)
    expect(await prepareRelease('mac-arm64', mac)).toMatchObject({ ok: true })
    expect(built).toEqual(['arm64'])
    expect(await readFile(join(places.outputFolder, 'mac-arm64', 'livekit-server'), 'utf8')).toBe('a server')
  })

  it('is missing, in the compiler’s words, where it cannot be built', async () => {
    const prepared = await prepareRelease('mac-x64', places)
    expect(prepared.ok ? '' : describeReleaseError(prepared.error)).toBe('There is no compiler.')
  })
})
