import { expect, test } from '@playwright/test'
import { createPerson } from '../../e2e/helpers/person.ts'
import { openOnElectron, skipWithoutElectron } from '../openOnElectron.ts'

const room = '5b0e1c52-9a0f-4b43-8d47-3a3c2f3f8f10'
const code = 'Zm9vYmFyYmF6cXV4LV9hYg'
/** What nobody else on a machine for tests has. */
const showKeys = 'Control+Alt+Shift+F9'
const muteKeys = 'Control+Alt+Shift+F10'

declare global {
  // In the main process, where a tray and a notification cannot be asked what they show.
  var lastMenu: Electron.Menu | undefined
  var lastNotice: { readonly title: string; readonly body: string } | undefined
}

skipWithoutElectron()

test('the tray’s menu is Electron’s, follows the page, and does what is chosen', async () => {
  await using studyhall = await openOnElectron()
  const { app, page } = studyhall
  await app.evaluate(({ Menu }) => {
    const build = Menu.buildFromTemplate.bind(Menu)
    Menu.buildFromTemplate = (template) => {
      globalThis.lastMenu = build(template)
      return globalThis.lastMenu
    }
  })
  const labels = () =>
    app.evaluate(
      () =>
        globalThis.lastMenu?.items.filter(({ type }) => type !== 'separator').map(({ label }) => label) ?? [],
    )
  await createPerson(page, 'Ada').introduce()
  await expect.poll(labels).toEqual(['Open Studyhall', 'New room', 'Settings', 'Quit'])
  await app.evaluate(() => {
    globalThis.lastMenu?.items.find(({ label }) => label === 'Settings')?.click()
  })
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
})

test('keys are held by the system: one always, those of a call during calls', async () => {
  await using studyhall = await openOnElectron()
  const { app, page } = studyhall
  await expect(page.getByRole('textbox', { name: 'Your name' })).toBeVisible()
  const areHeld = () =>
    app.evaluate(
      ({ globalShortcut }, keys) => keys.map((accelerator) => globalShortcut.isRegistered(accelerator)),
      [showKeys, muteKeys],
    )
  const chosen = JSON.stringify({ shortcuts: { show: showKeys, mute: muteKeys } })
  await page.evaluate(`desktop.settings.update(${chosen})`)
  await expect.poll(areHeld).toEqual([true, false])
  await page.evaluate('desktop.lifecycle.callChanged({ isInCall: true })')
  await expect.poll(areHeld).toEqual([true, true])
  await page.evaluate('desktop.lifecycle.callChanged({ isInCall: false })')
  await expect.poll(areHeld).toEqual([true, false])
})

test('a notification is handed to the system, where it takes any', async () => {
  await using studyhall = await openOnElectron()
  const { app, page } = studyhall
  test.skip(
    !(await app.evaluate(({ Notification }) => Notification.isSupported())),
    'This system shows no notifications',
  )
  await app.evaluate(({ Notification }) => {
    const show: unknown = Reflect.get(Notification.prototype, 'show')
    Notification.prototype.show = function showAndTell() {
      globalThis.lastNotice = { title: this.title, body: this.body }
      if (typeof show === 'function') Reflect.apply(show, this, [])
    }
  })
  const notice = { title: 'Thesis hour', body: 'Begins now.', button: null, press: { kind: 'show' } }
  expect(await page.evaluate(`desktop.notice.show(${JSON.stringify(notice)})`)).toMatchObject({ ok: true })
  const shown = await app.evaluate(() => globalThis.lastNotice)
  expect(shown).toEqual({ title: 'Thesis hour', body: 'Begins now.' })
})

test('links are asked about, the one that starts the app and one that finds it running', async () => {
  await using studyhall = await openOnElectron([`studyhall://join/${room}`])
  const { page } = studyhall
  const dialog = page.getByRole('dialog')
  await createPerson(page, 'Ada').introduce()
  await expect(dialog).toContainText('It leads to a room.')
  await dialog.getByRole('button', { name: 'Not now' }).click()
  expect(await studyhall.startAgain([`studyhall://join/${code}`])).toBe(0)
  await expect(dialog).toContainText('a room that is on again and again')
})

test('the window’s cross leaves the app in the tray, from where it comes back', async () => {
  // Xvfb has nothing that shows a tray, and there the cross closes.
  test.skip(process.platform === 'linux', 'No tray to be sure of')
  await using studyhall = await openOnElectron()
  const { app, page } = studyhall
  await expect(page.getByRole('textbox', { name: 'Your name' })).toBeVisible()
  const isShown = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()))
  await expect.poll(isShown).toEqual([true])
  await page.evaluate('desktop.settings.update({ closeToTray: true })')
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await expect.poll(isShown).toEqual([false])
  await app.evaluate(({ app: electronApp }) => electronApp.emit('activate', {}, false))
  await expect.poll(isShown).toEqual([true])
})

test('what the system tells of sleep and lock reaches the page', async () => {
  await using studyhall = await openOnElectron()
  const { app, page } = studyhall
  await expect(page.getByRole('textbox', { name: 'Your name' })).toBeVisible()
  await page.evaluate(
    '(globalThis.changes = [], void desktop.machine.onChanged((change) => changes.push(change)))',
  )
  await app.evaluate(({ powerMonitor }) => {
    for (const name of ['suspend', 'resume', 'lock-screen', 'unlock-screen']) powerMonitor.emit(name)
  })
  await expect.poll(() => page.evaluate('changes')).toEqual(['suspending', 'resumed', 'locked', 'unlocked'])
})
