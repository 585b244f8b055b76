import { expect, test } from '@playwright/test'
import { expectNoViolations } from '../helpers/expectNoViolations.ts'
import { startAgain, usesElectron } from '../helpers/launchApp.ts'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'

test('the owner of a recurring room sees who belongs to it, removes somebody, and ends the invitations', async () => {
  test.skip(
    await usesElectron(),
    'The invitation comes by a link to an app that runs, which test/electron tries',
  )
  await using studyhall = await launchStudyhall()
  const ada = await studyhall.open('Ada')
  const ben = await studyhall.open('Ben')
  await ada.introduce()
  await ben.introduce()

  const dialog = ada.page.getByRole('dialog')
  await ada.page.getByRole('button', { name: 'New room' }).click()
  await dialog.getByRole('textbox', { name: 'Room name' }).fill('Thesis hour')
  await dialog.getByRole('switch', { name: 'Repeats every week' }).check({ force: true })
  await dialog.getByRole('button', { name: 'Create recurring room' }).click()
  const more = ada.page.getByRole('button', { name: 'More about Thesis hour' })
  await more.click()
  // The system's clipboard is not there for tests.
  await ada.page.evaluate(() => {
    const clipboard = { writeText: async (text: string) => void (document.title = text) }
    Object.defineProperty(navigator, 'clipboard', { value: clipboard })
  })
  await ada.page.getByRole('button', { name: 'Copy invitation' }).click()
  await expect(ada.page).toHaveTitle(/studyhall:\/\/join\//)
  const link = /studyhall:\/\/join\/[\w-]+/.exec(await ada.page.title())?.[0] ?? ''
  await ada.page.keyboard.press('Escape')

  const follow = async () => {
    await startAgain({ profile: 'ben', dataDir: studyhall.dataFolder, args: [link] })
    await ben.page.getByRole('dialog').getByRole('button', { name: 'Become a member' }).click()
  }
  await follow()
  const bensRooms = ben.page.getByRole('list', { name: 'Your rooms' })
  await expect(bensRooms.getByRole('listitem')).toContainText('Thesis hour')

  // By the keyboard alone.
  await more.press('Enter')
  await ada.page.getByRole('button', { name: 'Members' }).press('Enter')
  const members = dialog.getByRole('list', { name: 'Members' }).getByRole('listitem')
  await expect(members).toHaveText([/Ada.*Owner/s, /Ben.*Member since/s])
  await expectNoViolations(ada.page)
  await dialog.getByRole('button', { name: 'Remove Ben' }).press('Enter')
  await expect(dialog.getByRole('switch', { name: 'Withdraw all invitations, too' })).toBeChecked()
  await dialog.getByRole('button', { name: 'Yes, remove' }).press('Enter')
  await expect(dialog.getByText('Ben is not a member any more.')).toBeFocused()
  await expect(members).toHaveText([/Ada/])
  await expect(bensRooms).toBeHidden({ timeout: 30_000 })
  await follow()
  await expect(ben.page.getByRole('dialog')).toContainText('This invitation cannot be used')
})
