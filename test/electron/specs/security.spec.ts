import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from '@playwright/test'
import { findWeakPreferences } from '../../../src/main/security/findWeakPreferences.ts'
import { openOnElectron, skipWithoutElectron } from '../openOnElectron.ts'

const run = promisify(execFile)
/** The program of a packaged app; its fuses are those that people get. */
const packagedProgram = process.env['STUDYHALL_PACKAGED_PROGRAM']

test('what Electron made of the window’s preferences is safe, and the page has its policy', async () => {
  skipWithoutElectron()
  await using studyhall = await openOnElectron()
  const { app, page } = studyhall
  await expect(page.getByRole('textbox', { name: 'Your name' })).toBeVisible()

  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    const read: unknown = contents && Reflect.get(contents, 'getLastWebPreferences')
    return typeof read === 'function' ? JSON.stringify(Reflect.apply(read, contents, [])) : null
  })
  expect(preferences).not.toBeNull()
  expect(JSON.parse(preferences ?? '{}')).toMatchObject({ sandbox: true, contextIsolation: true })
  expect(findWeakPreferences(JSON.parse(preferences ?? '{}'))).toEqual([])

  const policy = await page.evaluate(async () =>
    (await fetch(location.href)).headers.get('content-security-policy'),
  )
  expect(policy).toContain(`default-src 'none'`)
  expect(policy).not.toContain(`'unsafe-inline'`)
  const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'globalThis.smuggled = true'
    document.head.append(script)
    return 'smuggled' in globalThis
  })
  expect(ran).toBe(false)
})

test('a session is kept by the system’s encryption where there is one, and is read back', async () => {
  skipWithoutElectron()
  await using studyhall = await openOnElectron()
  const { app, page } = studyhall
  await expect(page.getByRole('textbox', { name: 'Your name' })).toBeVisible()
  const secret = 'a token that nobody is to read'
  const saved = JSON.stringify({ key: 'test.session', value: secret })
  expect(await page.evaluate(`desktop.session.save(${saved})`)).toMatchObject({ ok: true })
  expect(await page.evaluate(`desktop.session.load({ key: 'test.session' })`)).toEqual({
    ok: true,
    value: secret,
  })
  const { folder, isEncrypted } = await app.evaluate(({ app: electronApp, safeStorage }) => ({
    folder: electronApp.getPath('userData'),
    isEncrypted: safeStorage.isEncryptionAvailable(),
  }))
  const text = await readFile(join(folder, 'session.json'), 'utf8')
  expect(JSON.parse(text)).toMatchObject({ entries: { 'test.session': { encrypted: isEncrypted } } })
  expect(text.includes(secret)).toBe(!isEncrypted)
})

test('a screen is refused to a page that has had nothing chosen', async () => {
  skipWithoutElectron()
  // There the system's own picker would come up, and wait for somebody.
  test.skip(process.platform === 'darwin', 'macOS asks by itself')
  await using studyhall = await openOnElectron()
  const { page } = studyhall
  await expect(page.getByRole('textbox', { name: 'Your name' })).toBeVisible()
  const answer = await page.evaluate(() =>
    navigator.mediaDevices.getDisplayMedia({ video: true }).then(
      () => 'given',
      (error: unknown) => (error instanceof DOMException ? error.name : 'no refusal'),
    ),
  )
  expect(answer).toMatch(/Error$/)
  // Said of a page that nobody has touched, which Playwright pretends has been.
  expect(answer).not.toBe('InvalidStateError')
})

test('the packaged program has the fuses that it was made with, and is no Node', async () => {
  test.skip(packagedProgram === undefined, 'STUDYHALL_PACKAGED_PROGRAM names no packaged app')
  const program = packagedProgram ?? ''
  // As they stand in the binary: characters.
  const [off, on] = ['0', '1'].map((state) => state.charCodeAt(0))
  expect(await getCurrentFuseWire(program)).toMatchObject({
    [FuseV1Options.RunAsNode]: off,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
    [FuseV1Options.EnableNodeCliInspectArguments]: off,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
    [FuseV1Options.EnableCookieEncryption]: on,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
    [FuseV1Options.OnlyLoadAppFromAsar]: on,
  })
  // Were it Node, it would write this and end; the app itself is ended after a while, or says that it has no display.
  const asNode = run(program, ['--eval', 'process.stdout.write("node")'], {
    env: {
      ...process.env,
      ELECTRON_RUN_AS_NODE: '1',
      STUDYHALL_DATA_DIR: test.info().outputPath('data'),
    },
    timeout: 10_000,
  })
  const written = await asNode.then(
    ({ stdout }) => stdout,
    (error: unknown) => (error instanceof Error && 'stdout' in error ? String(error.stdout) : ''),
  )
  expect(written).not.toContain('node')
})

test('the packaged program does not start without the sandbox', async () => {
  test.skip(packagedProgram === undefined, 'STUDYHALL_PACKAGED_PROGRAM names no packaged app')
  const program = packagedProgram ?? ''
  /** Until it has made its data folder, or has had the time for it. What it is refused for stands in a window that waits. */
  const opensItsData = async (name: string, switches: readonly string[]): Promise<boolean> => {
    const folder = test.info().outputPath(name)
    const ended = run(program, [...switches], {
      env: { ...process.env, STUDYHALL_DATA_DIR: folder },
      timeout: 15_000,
    })
    await ended.catch(() => undefined)
    return existsSync(folder)
  }
  // That it would have made one is seen of the same program with its sandbox.
  expect(await opensItsData('with', [])).toBe(true)
  expect(await opensItsData('without', ['--no-sandbox'])).toBe(false)
})
