import { expect, test } from '@playwright/test'
import { desktopShellOf } from '../helpers/desktopShell.ts'
import { startAgain, usesElectron } from '../helpers/launchApp.ts'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'

const devices = ['--use-fake-device-for-media-stream=fps=10', '--use-fake-ui-for-media-stream']
const room = '5b0e1c52-9a0f-4b43-8d47-3a3c2f3f8f10'
const code = 'Zm9vYmFyYmF6cXV4LV9hYg'

/** Five minutes from now, as the field for a time takes it; a reminder is due at once then. */
function inFiveMinutes(): string {
  return new Date(Date.now() + 5 * 60_000).toTimeString().slice(0, 5)
}

test('a recurring room in the lobby and in the tray, and links, cold and warm', async () => {
  test.skip(await usesElectron(), 'Electron’s tray and notifications cannot be read from outside')
  await using studyhall = await launchStudyhall()
  const ada = await studyhall.open('Ada', { switches: [...devices, `studyhall://join/${room}`] })
  const shell = desktopShellOf(studyhall.processOf(ada))
  const { page } = ada
  const dialog = page.getByRole('dialog')
  const lobbyHeading = page.getByRole('heading', { name: 'Rooms', exact: true })

  // Nobody is signed in yet: the link waits, and the tray has the way to the window and the way out.
  await expect.poll(shell.trayLabels).toEqual(['Open Studyhall', 'Quit'])
  await ada.introduce()
  await expect(dialog).toContainText('It leads to a room.')
  await dialog.getByRole('button', { name: 'Not now' }).click()
  await expect(lobbyHeading).toBeVisible()

  await page.getByRole('button', { name: 'New room' }).click()
  await dialog.getByRole('textbox', { name: 'Room name' }).fill('Thesis hour')
  await dialog.getByRole('radio', { name: 'Private' }).check({ force: true })
  await dialog.getByRole('switch', { name: 'Repeats every week' }).check({ force: true })
  for (const day of await dialog.getByRole('group', { name: 'Days' }).getByRole('button').all()) {
    if ((await day.getAttribute('aria-pressed')) === 'false') await day.click()
  }
  await dialog.getByLabel('Begins at').fill(inFiveMinutes())
  await dialog.getByRole('button', { name: 'Create recurring room' }).click()
  const yours = page.getByRole('list', { name: 'Your rooms' })
  await expect(yours.getByRole('listitem')).toContainText('Thesis hour')
  await expect(page.getByRole('button', { name: 'Open Thesis hour' })).toBeVisible()

  // One click joins; nothing of the devices is on.
  await shell.pressTray(/^Thesis hour · (today|tomorrow) \d{1,2}:\d\d [AP]M$/)
  await expect(page.getByRole('heading', { name: 'Thesis hour' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Unmute' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Turn camera on' })).toBeVisible()
  await expect
    .poll(shell.trayLabels)
    .toEqual([
      'Thesis hour · 1 person',
      'Unmute',
      'Turn camera on',
      'Leave',
      'Thesis hour · you are here',
      'Open Studyhall',
      'New room',
      'Settings',
      'Quit',
    ])
  await shell.pressTray(/^Unmute$/)
  await expect(page.getByRole('button', { name: 'Mute', exact: true })).toBeVisible()
  await shell.pressTray(/^Mute$/)
  await expect(page.getByRole('button', { name: 'Unmute' })).toBeVisible()

  // The room's timer stands above all else.
  await page.getByRole('button', { name: 'Timer', exact: true }).click()
  await page.getByRole('button', { name: 'Start focus' }).click()
  await expect.poll(async () => (await shell.trayLabels())[0]).toMatch(/^Focus · 2[45] minutes left$/)
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.keyboard.press('Escape')
  await expect.poll(async () => (await shell.trayLabels())[0]).toBe('Thesis hour · 1 person')

  // The window's cross leaves the call going, and the window can be had back.
  await page.evaluate('desktop.settings.update({ closeToTray: true })')
  await shell.closeWindow()
  await expect
    .poll(async () => {
      const seen = await shell.window()
      return seen !== null && (seen.isMinimized || !seen.isVisible)
    })
    .toBe(true)
  expect(await shell.trayLabels()).toContain('Thesis hour · 1 person')
  await shell.pressTray(/^Open Studyhall$/)
  await expect.poll(shell.window).toEqual({ isVisible: true, isMinimized: false })
  await expect(page.getByRole('heading', { name: 'Thesis hour' })).toBeVisible()

  // A link is asked about; this one's code opens nothing, and the call goes on.
  const again = { profile: 'ada', dataDir: studyhall.dataFolder }
  await startAgain({ ...again, args: [`studyhall://join/${code}`] })
  await expect(dialog).toContainText('a room that is on again and again')
  await dialog.getByRole('button', { name: 'Become a member' }).click()
  await expect(dialog).toContainText('This invitation cannot be used')
  await dialog.getByRole('button', { name: 'Not now' }).click()
  await startAgain({ ...again, args: ['studyhall://join/?camera=on'] })
  await expect(dialog).toContainText('Studyhall cannot read this link')
  await dialog.getByRole('button', { name: 'Close' }).last().click()

  await shell.pressTray(/^Settings$/)
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeHidden()

  await shell.pressTray(/^Leave$/)
  await expect(lobbyHeading).toBeVisible()

  // It begins in five minutes: told once, and where notifications have no button, a press on it joins.
  const told = await shell.notifications()
  expect(told.map(({ title }) => title)).toEqual(['Thesis hour'])
  expect(told[0]?.body).toMatch(/^Begins in \d minutes?\./)
  await shell.pressNotification(0)
  await expect(page.getByRole('heading', { name: 'Thesis hour' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Unmute' })).toBeVisible()

  // The page crashes: it comes again by itself, in the lobby, and the tray knows of no call any more. Whom the room still has is named.
  const reloaded = page.context().waitForEvent('page')
  const debug = await page.context().newCDPSession(page)
  debug.send('Page.crash').catch(() => undefined)
  const next = await reloaded
  await expect(next.getByRole('heading', { name: 'Rooms', exact: true })).toBeVisible()
  await shell.pressTray(/^Thesis hour · on now · Ada$/)
  await expect(next.getByRole('heading', { name: 'Thesis hour' })).toBeVisible()
  await expect.poll(shell.trayLabels).toContain('Thesis hour · 1 person')
})
