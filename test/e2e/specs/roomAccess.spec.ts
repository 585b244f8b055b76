import { expect, test } from '@playwright/test'
import { expectNoViolations } from '../helpers/expectNoViolations.ts'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'

test('who opened a private room sees its invitations, members and bans, and ends each of them', async () => {
  test.setTimeout(180_000)
  await using studyhall = await launchStudyhall()
  const ada = await studyhall.open('Ada')
  const ben = await studyhall.open('Ben')
  await ada.introduce()
  await ben.introduce()
  await ada.createRoom({ name: 'Thesis hour', password: 'sesame' })
  await ada.joinNow('Thesis hour')
  const code = await ada.copyRoomCode('Thesis hour')
  const comeIn = async () => {
    await ben.knock(code, 'sesame')
    await expect(ada.tileOf('Ben')).toBeVisible()
  }
  await comeIn()
  await ada.page.getByRole('button', { name: 'Copy invitation' }).click()
  await expect(ada.page.getByRole('button', { name: 'Invitation copied' })).toBeVisible()

  const dialog = ada.page.getByRole('dialog', { name: 'Who may come in' })
  const settings = ada.page.getByRole('dialog', { name: 'Room settings' })
  const show = async (view: string) => {
    await ada.page.getByRole('button', { name: 'Edit room' }).press('Enter')
    await settings.getByRole('button', { name: 'Invitations, members and bans' }).press('Enter')
    await dialog.getByRole('radio', { name: view }).check({ force: true })
  }
  const close = async () => {
    await ada.page.keyboard.press('Escape')
    await expect(settings.getByRole('button', { name: 'Invitations, members and bans' })).toBeFocused()
    await ada.page.keyboard.press('Escape')
  }

  await test.step('an invitation is withdrawn, by the keyboard alone', async () => {
    await show('Invitations')
    const invitations = dialog.getByRole('list', { name: 'Invitations' }).getByRole('listitem')
    await expect(invitations).toHaveText([/From you.*For 25 more people/s])
    await expectNoViolations(ada.page)
    const withdraw = dialog.getByRole('button', { name: /^Withdraw the invitation/ })
    await withdraw.press('Enter')
    await dialog.getByRole('button', { name: 'Cancel' }).press('Enter')
    await expect(withdraw).toBeFocused()
    await withdraw.press('Enter')
    await dialog.getByRole('button', { name: 'Yes, withdraw' }).press('Enter')
    await expect(dialog.getByText('This invitation lets nobody in any more.')).toBeFocused()
    await expect(dialog.getByText('No invitation works at the moment.')).toBeVisible()
  })

  await test.step('a member is taken out', async () => {
    await dialog.getByRole('radio', { name: 'Members' }).check({ force: true })
    await expect(dialog.getByRole('list', { name: 'Members' }).getByRole('listitem')).toHaveText([/Ben/])
    await dialog.getByRole('button', { name: 'Remove Ben' }).press('Enter')
    await dialog.getByRole('button', { name: 'Yes, remove' }).press('Enter')
    await expect(dialog.getByText('Ben is not a member any more.')).toBeFocused()
    await expect(dialog.getByText('Nobody is a member yet.')).toBeVisible()
    await expect(ben.page.getByRole('heading', { name: 'You were removed from the room' })).toBeVisible()
    await close()
  })

  await test.step('who was banned is let back in', async () => {
    await ben.page.getByRole('button', { name: 'Back to the rooms' }).click()
    await comeIn()
    await ada.page.getByRole('button', { name: 'People', exact: true }).click()
    const panel = ada.page.getByRole('complementary', { name: 'People' })
    await panel.getByRole('button', { name: 'What you can do about Ben' }).click()
    await panel.getByRole('button', { name: 'Ban', exact: true }).click()
    await ada.page.getByRole('dialog', { name: 'Ban Ben?' }).getByRole('button', { name: 'Ban' }).click()
    await expect(ada.tileOf('Ben')).toHaveCount(0)
    await ben.page.getByRole('button', { name: 'Back to the rooms' }).click()
    await ben.knock(code, 'sesame')
    await expect(ben.page.getByText('This room cannot be joined')).toBeVisible()

    await show('Kept out')
    await expect(dialog.getByRole('list', { name: 'Kept out' }).getByRole('listitem')).toHaveText([
      /Ben.*Banned since/s,
    ])
    await dialog.getByRole('button', { name: 'Let Ben back in' }).press('Enter')
    await dialog.getByRole('button', { name: 'Yes, let back in' }).press('Enter')
    await expect(dialog.getByText('Ben may come back.')).toBeFocused()
    await close()
    await ben.page.getByRole('button', { name: 'Join now' }).click()
    await expect(ada.tileOf('Ben')).toBeVisible()
  })
})
