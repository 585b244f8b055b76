import { execFile, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRequire, isBuiltin } from 'node:module'
import { promisify } from 'node:util'
import { extractAll, extractFile, getRawHeader, listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BackendMessage } from '../../src/shared/backend/messages.ts'
import { desktopFileName } from '../../src/shared/appId.ts'
import { bytesOf, firstLoad, withStaticImports } from '../bundle/staticImports.ts'
import { bundleBudgets, sizeBudgets } from './sizeBudget.ts'
import { programOfLibrary } from './licences/shippedPrograms.ts'
import { writeStubElectron } from './writeStubElectron.ts'

/*
 * `npm run package -- --dir` on a stub in place of Electron: everything of the package but Electron itself is real. On
 * Windows and macOS electron-builder looks into the runtime's own files, so that a stub does not do.
 */

const projectFolder = join(import.meta.dirname, '..', '..')
let folder = ''
let app = ''
let archive = ''
let printed = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-package-'))
  const stub = join(folder, 'electron')
  await writeStubElectron(stub)
  const output = join(folder, 'dist')
  const args = ['--dir', '--without-livekit', '--electron', stub, '--output', output]
  const packaging = await promisify(execFile)(process.execPath, ['tools/package/packageApp.ts', ...args], {
    cwd: projectFolder,
  })
  printed = packaging.stdout
  app = join(output, process.arch === 'arm64' ? 'linux-arm64-unpacked' : 'linux-unpacked')
  archive = join(app, 'resources', 'app.asar')
}, 120_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

/** Paths in the archive, without folders. */
const packed = (): readonly string[] =>
  listPackage(archive, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').replace(/^\//, ''))
    .filter((path) => /\.[a-z0-9]+$/i.test(path))

/** 0 where there is nothing. */
const bytesBelow = (path: string): number => {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return 0
  if (!stat.isDirectory()) return stat.size
  return readdirSync(path).reduce((sum, name) => sum + bytesBelow(join(path, name)), 0)
}

describe.runIf(process.platform === 'linux')('the package', () => {
  test('has in its archive the built app and the schema, and nothing else', () => {
    const allowed = [
      /^package\.json$/,
      /^out\/main\/[\w.-]+\.js$/,
      /^out\/main\/realtimeSchema\.sql$/,
      /^out\/preload\/index\.cjs$/,
      /^out\/renderer\/index\.html$/,
      /^out\/renderer\/assets\/[\w.-]+\.(js|css|woff2|wasm|tflite|svg|png|mp3|ogg)$/,
      /^supabase\/migrations\/\d{14}_[a-z0-9_]+\.sql$/,
    ]
    const files = packed()
    expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([])
    for (const needed of [
      'package.json',
      'out/main/index.js',
      'out/main/backend.js',
      'out/preload/index.cjs',
    ])
      expect(files).toContain(needed)
    expect(files.filter((file) => file.startsWith('supabase/'))).toHaveLength(
      readdirSync(join(projectFolder, 'supabase', 'migrations')).length,
    )
  })

  test('has no secret, no test and no path of the machine that made it', () => {
    const foreign = [
      /sb_secret_[A-Za-z0-9]{8}/,
      /-----BEGIN [A-Z ]*PRIVATE KEY-----\r?\n[A-Za-z0-9+/]{40}/,
      /from ?['"]vitest['"]/,
    ]
    const found = packed()
      .filter((path) => /\.(js|cjs|html|css|json|sql)$/.test(path))
      .flatMap((file) => {
        const text = extractFile(archive, file).toString('utf8')
        const patterns = foreign.filter((pattern) => pattern.test(text)).map(({ source }) => source)
        const reasons = text.includes(projectFolder) ? patterns.concat(projectFolder) : patterns
        return reasons.map((reason) => `${file}: ${reason}`)
      })
    expect(found).toEqual([])
  })

  test('asks nothing of node_modules: every import is in the archive, of Node, or of Electron', () => {
    const statement = /(?:^|[;\n}])\s*(?:import|export)\b[^'"`;()]*from\s*["']([^"']+)["']/g
    const outside = packed()
      .filter((path) => /^out\/(main|preload)\/.*js$/.test(path))
      .flatMap((file) =>
        Array.from(extractFile(archive, file).toString('utf8').matchAll(statement), ([, name = '']) => name),
      )
      .filter((name) => !name.startsWith('.') && !isBuiltin(name) && name !== 'electron')
    expect(outside).toEqual([])
  })

  test('tells in its manifest where it begins, and of no tool or script', () => {
    const manifest: unknown = JSON.parse(extractFile(archive, 'package.json').toString('utf8'))
    expect(manifest).toMatchObject({ name: 'studyhall', main: 'out/main/index.js', type: 'module' })
    for (const key of ['devDependencies', 'scripts']) expect(manifest).not.toHaveProperty(key)
  })

  test('has the sum of every file in the header of its archive', () => {
    const { header } = getRawHeader(archive)
    interface Entry {
      readonly files?: Readonly<Record<string, Entry>>
      readonly integrity?: { readonly algorithm: string; readonly hash: string }
    }
    const check = (entry: Entry, path: string): number => {
      if (entry.files !== undefined)
        return Object.entries(entry.files).reduce(
          (count, [name, below]) => count + check(below, path === '' ? name : `${path}/${name}`),
          0,
        )
      const sum = createHash('sha256').update(extractFile(archive, path)).digest('hex')
      expect({ path, ...entry.integrity }).toMatchObject({ path, algorithm: 'SHA256', hash: sum })
      return 1
    }
    expect(check(header as Entry, '')).toBeGreaterThan(40)
  })

  test('has its fuses set in the binary', async () => {
    // As they stand in the binary: characters.
    const [off, on] = ['0', '1'].map((state) => state.charCodeAt(0))
    const wire = await getCurrentFuseWire(join(app, 'studyhall'))
    const states = {
      [FuseV1Options.RunAsNode]: off,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
      [FuseV1Options.EnableNodeCliInspectArguments]: off,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
      [FuseV1Options.EnableCookieEncryption]: on,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
      [FuseV1Options.OnlyLoadAppFromAsar]: on,
    }
    expect(wire).toMatchObject(states)
  })

  test('has PostgreSQL beside the archive, of this system alone and ready to run', async () => {
    const postgres = join(app, 'resources', 'postgres')
    expect(readdirSync(join(postgres, 'native', 'bin')).sort()).toEqual(['initdb', 'pg_ctl', 'postgres'])
    const { stdout } = await promisify(execFile)(join(postgres, 'native', 'bin', 'postgres'), ['--version'])
    expect(stdout).toContain('PostgreSQL')
    expect(readdirSync(join(app, 'resources')).sort()).toEqual([
      'LICENSE.txt',
      'THIRD-PARTY-LICENSES.txt',
      'app.asar',
      'hook',
      ...(existsSync(join(app, 'resources', 'livekit')) ? ['livekit'] : []),
      'postgres',
    ])
  })

  test('has the hook for the key to talk where its process looks for it, of this system alone', () => {
    const hook = join(app, 'resources', 'hook')
    const lookUp = createRequire(join(hook, 'index.js'))
    const entry = lookUp.resolve('uiohook-napi')
    expect(entry.startsWith(hook)).toBe(true)
    const findProgram = (createRequire(entry)('node-gyp-build') as { path: (folder: string) => string }).path
    const prebuilds = join(hook, 'node_modules', 'uiohook-napi', 'prebuilds')
    expect(findProgram(join(hook, 'node_modules', 'uiohook-napi')).startsWith(prebuilds)).toBe(true)
    expect(readdirSync(prebuilds)).toEqual([`linux-${process.arch}`])
  })

  test('runs its own backend with what it carries and nothing else', async () => {
    // Unpacked, because only Electron reads archives; away from the project, so that no node_modules is found.
    const alone = join(folder, 'alone')
    extractAll(archive, alone)
    const resources = join(app, 'resources')
    const child = fork(join(alone, 'out', 'main', 'backend.js'), ['--data-dir', join(folder, 'data')], {
      execArgv: [
        '--import',
        join(projectFolder, 'src', 'backend', 'testing', 'parentPortShim.ts'),
        '--import',
        `data:text/javascript,process.resourcesPath=${JSON.stringify(resources)}`,
      ],
      env: { ...process.env, STUDYHALL_LIVEKIT_SERVER: '' },
      silent: true,
    })
    const last = await new Promise<BackendMessage>((resolve, reject) => {
      child.on('message', (message: BackendMessage) => {
        if (message.kind !== 'starting') resolve(message)
      })
      child.on('exit', (code) => reject(new Error(`the backend ended with ${code}`)))
    })
    expect(last).toMatchObject({ kind: 'ready', role: 'owner' })
    const livekitUrl = last.kind === 'ready' ? last.connection.livekitUrl : null
    expect(livekitUrl !== null).toBe(existsSync(join(resources, 'livekit')))
    const answer = await fetch(
      `${last.kind === 'ready' ? last.connection.url : ''}/functions/v1/api/openapi.json`,
    )
    expect(answer.status).toBe(200)
    const ended = once(child, 'exit')
    child.send({ kind: 'stop' })
    expect(await ended).toEqual([0, null])
  })

  test('has LiveKit beside the archive, or says that it has none', () => {
    const livekit = join(app, 'resources', 'livekit', 'livekit-server')
    const isExecutable = existsSync(livekit) && (lstatSync(livekit).mode & 0o111) !== 0
    expect(isExecutable).toBe(!printed.includes('Without LiveKit'))
  })

  test('names every library of PostgreSQL among the licences', () => {
    const libraries = readdirSync(join(app, 'resources', 'postgres', 'native', 'lib')).filter((file) =>
      file.includes('.so'),
    )
    expect(libraries.filter((file) => programOfLibrary(file) === null)).toEqual([])
    const licences = readFileSync(join(app, 'resources', 'THIRD-PARTY-LICENSES.txt'), 'utf8')
    for (const file of libraries) expect(licences).toContain(programOfLibrary(file)?.name)
  })

  test('carries the licence of every package that is in a bundle', () => {
    const licences = readFileSync(join(app, 'resources', 'THIRD-PARTY-LICENSES.txt'), 'utf8')
    for (const part of ['main', 'renderer', 'workers']) {
      const list: unknown = JSON.parse(
        readFileSync(join(projectFolder, 'out', 'licences', `${part}.json`), 'utf8'),
      )
      for (const { name, version } of list as { name: string; version: string }[])
        expect(licences).toContain(`\n${name} ${version} (`)
    }
    for (const name of [
      'react',
      'livekit-client',
      '@supabase/lite',
      '@fontsource-variable/inter',
      'webrtc-adapter',
      'uiohook-napi',
    ])
      expect(licences).toMatch(new RegExp(`\n${name} \\d`))
  })

  test('keeps to its budget', () => {
    const { archive: archiveBudget, postgres, livekit } = sizeBudgets.linux
    expect(lstatSync(archive).size).toBeLessThan(archiveBudget)
    expect(bytesBelow(join(app, 'resources', 'postgres'))).toBeLessThan(postgres)
    expect(bytesBelow(join(app, 'resources', 'livekit'))).toBeLessThan(livekit)
  })
  test('reads no more before anything is seen than it is allowed to', () => {
    const out = join(projectFolder, 'out')
    const read = {
      main: bytesOf(withStaticImports(join(out, 'main', 'index.js'))),
      preload: bytesOf(withStaticImports(join(out, 'preload', 'index.cjs'))),
      firstPicture: bytesOf(firstLoad(join(out, 'renderer'))),
    }
    expect(read.main).toBeLessThan(bundleBudgets.main)
    expect(read.preload).toBeLessThan(bundleBudgets.preload)
    expect(read.firstPicture).toBeLessThan(bundleBudgets.firstPicture)
    // As many as the app has: less would say that they were not found.
    expect(read.main).toBeGreaterThan(bundleBudgets.main / 2)
    expect(read.firstPicture).toBeGreaterThan(bundleBudgets.firstPicture / 2)
  })

  test('is known to the system by its desktop entry', () => {
    const manifest: unknown = JSON.parse(extractFile(archive, 'package.json').toString('utf8'))
    expect(manifest).toMatchObject({ desktopName: desktopFileName })
  })
})
