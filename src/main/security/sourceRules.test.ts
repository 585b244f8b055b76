import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/*
 * Rules for the main process and the preload that no compiler knows: each thing that could weaken a window or a boundary is
 * done in one place, which has its own tests.
 */

const sourceFolder = join(import.meta.dirname, '..', '..')

function sources(folder: string): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(join(sourceFolder, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => ({ path, text: readFileSync(join(sourceFolder, path), 'utf8') }))
}

const all = [...sources('main'), ...sources('preload')]
const filesWith = (pattern: RegExp): readonly string[] =>
  all.filter(({ text }) => pattern.test(text)).map(({ path }) => path)

test.each([
  [
    'windows are made',
    /new (BrowserWindow|BaseWindow|WebContentsView|BrowserView)\b/,
    ['main/window/mainWindow.ts'],
  ],
  ['requests are registered', /\bipcMain\.(handle|on|once)\b/, ['main/ipc/registerIpc.ts']],
  ['something is put into the page’s world', /exposeInMainWorld/, ['preload/index.ts']],
  ['ipcRenderer is used', /\bipcRenderer\.(invoke|on|send|sendSync|postMessage)\b/, ['preload/index.ts']],
  [
    'permissions are answered',
    /set(Permission(Check|Request)|DevicePermission)Handler/,
    ['main/security/guardSession.ts'],
  ],
  ['a scheme is served', /protocol\.handle\(/, ['main/runApp.ts']],
  // Where one certificate is compared by its fingerprint, since no authority knows a computer nearby.
  [
    'a certificate is judged by ourselves',
    /rejectUnauthorized|checkServerIdentity/,
    ['main/nearby/dialHost.ts'],
  ],
  ['a port is listened on', /\.listen\(/, ['main/nearby/openTunnel.ts']],
  // Where it is looked for, so that nothing is opened without the sandbox.
  ['the sandbox’s switch is named', /['"`](--)?no-sandbox/, ['main/security/findMissingSandbox.ts']],
])('%s in one place', (_what, pattern, files) => {
  expect(filesWith(pattern)).toEqual(files)
})

test.each([
  ['a page is given code to run', /\.executeJavaScript(InIsolatedWorld)?\(/],
  ['certificates are waved through', /certificate-error|setCertificateVerifyProc|ignore-certificate-errors/],
  ['pages are loaded from the disk', /\.loadFile\(|['"`]file:\/\//],
  ['a switch is added that weakens Chromium', /append(Switch|Argument)\(|disable-web-security/],
  // It would have none of the handlers that the default session is given.
  ['another session is made', /\.fromP(artition|ath)\(|\bpartition:/],
  ['remote code is evaluated', /\beval\(|new Function\(/],
  ['answers are given synchronously', /\.returnValue\s*=|sendSync/],
])('nowhere %s', (_what, pattern) => {
  expect(filesWith(pattern)).toEqual([])
})

test('addresses are opened outside only when they are constants, or by what looks at them', () => {
  const calls = all.flatMap(({ path, text }) =>
    Array.from(text.matchAll(/\.openExternal\(([^)]*)\)/g), ([, argument = '']) => ({ path, argument })),
  )
  const unchecked = calls.filter(
    ({ path, argument }) =>
      // The one looks that they are https, the other has a list.
      path !== 'main/security/openOutside.ts' &&
      path !== 'main/security/openPrivacyPage.ts' &&
      !/^[A-Z][A-Z_]*$|^'(https|x-apple\.systempreferences):/.test(argument),
  )
  expect(unchecked).toEqual([])
})

test('of addresses that are not on the web there are the pages of the system’s settings, and no more', () => {
  const addresses = all.flatMap(({ path, text }) =>
    Array.from(text.matchAll(/['"`]((?:x-apple[\w.-]*|ms-[\w-]+):[^'"`]*)/g), ([, address = '']) => ({
      path,
      address,
    })),
  )
  const security = 'x-apple.systempreferences:com.apple.preference.security?'
  const pages = 'main/security/openPrivacyPage.ts'
  expect(addresses).toHaveLength(6)
  expect(addresses).toEqual(
    expect.arrayContaining([
      { path: 'main/screenShare/createScreenShare.ts', address: `${security}Privacy_ScreenCapture` },
      { path: pages, address: `${security}Privacy_Camera` },
      { path: pages, address: `${security}Privacy_Microphone` },
      { path: pages, address: `${security}Privacy_Accessibility` },
      { path: pages, address: 'ms-settings:privacy-webcam' },
      { path: pages, address: 'ms-settings:privacy-microphone' },
    ]),
  )
})

test('the preload knows of Electron and the contract’s names alone', () => {
  const imports = sources('preload').flatMap(({ text }) =>
    Array.from(text.matchAll(/from '([^']+)'/g), ([, name = '']) => name),
  )
  const known = /^(electron|\.\/createDesktopApi\.ts|\.\.\/shared\/ipc\/(channelNames|desktopApi)\.ts)$/
  expect(imports.filter((name) => !known.test(name))).toEqual([])
})
