import { execFile } from 'node:child_process'
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
