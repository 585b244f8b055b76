import { expect, test } from '@playwright/test'
import { expectNoViolations } from '../helpers/expectNoViolations.ts'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'
import { meet } from '../helpers/meet.ts'

test('hands go up in an order that both see, a reaction is seen by the other, and the room changes for both', async () => {
  await using studyhall = await launchStudyhall()
  const [ada, ben] = await meet(studyhall, 'Thesis hour', ['Ada', 'Ben'])

  await test.step('Ben raises his hand by key, Ada hers after him', async () => {
    await ben.page.keyboard.press('h')
    await expect(ada.tileOf('Ben')).toContainText('Hand up')
    await expect(ben.tileOf('Ben')).toContainText('Hand up')
    await ada.page.keyboard.press('h')
    await expect(ada.page.getByText('Your hand is up, number 2')).toBeVisible()
    await ben.page.getByRole('button', { name: 'People', exact: true }).click()
    const hands = ben.page.getByRole('region', { name: 'Hands up, in order' }).getByRole('listitem')
    await expect(hands).toContainText(['Ben (you)', 'Ada'])
    await expect(hands.nth(1).getByRole('button')).toHaveCount(0)
  })

  await test.step('Ada, whose room it is, lowers both', async () => {
    await ada.page.getByRole('button', { name: 'People', exact: true }).click()
    await ada.page.getByRole('button', { name: 'Lower the hand of Ben' }).click()
    await expect(ben.tileOf('Ben')).not.toContainText('Hand up')
    await expect(ada.page.getByText('Your hand is up', { exact: true })).toBeVisible()
    await ada.page.keyboard.press('h')
    await expect(ben.tileOf('Ada')).not.toContainText('Hand up')
    for (const { page } of [ada, ben])
      await page.getByRole('button', { name: 'Close the list of people' }).click()
  })

  await test.step('a reaction by key and Enter is seen by the other, and goes', async () => {
    await ada.page.keyboard.press('r')
    await ada.page.getByRole('button', { name: 'Heart', exact: true }).focus()
    await ada.page.keyboard.press('Enter')
    await expect(ben.tileOf('Ada').getByTestId('reaction')).toHaveAttribute('data-reaction', 'heart')
    await expect(ada.tileOf('Ada').getByTestId('reaction')).toBeVisible()
    await expectNoViolations(ada.page)
    await ada.page.keyboard.press('Escape')
    await expect(ben.tileOf('Ada').getByTestId('reaction')).toHaveCount(0)
  })

  await test.step('Ada changes the room; Ben sees it at once', async () => {
    await expect(ben.page.getByRole('button', { name: 'Edit room' })).toHaveCount(0)
    await ada.page.getByRole('button', { name: 'Edit room' }).click()
    const dialog = ada.page.getByRole('dialog', { name: 'Room settings' })
    await dialog.getByRole('textbox', { name: 'Places' }).fill('99')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByRole('alert')).toContainText('A number from 2 to 50')
    await dialog.getByRole('textbox', { name: 'Places' }).fill('12')
    await dialog.getByRole('textbox', { name: 'Room name' }).fill('Attic')
    await dialog.getByRole('switch', { name: 'Chat' }).uncheck()
    await expectNoViolations(ada.page)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toHaveCount(0)
    await expect(ben.page.getByRole('heading', { name: 'Attic' })).toBeVisible()
    await ben.page.getByRole('button', { name: 'Chat', exact: true }).click()
    await expect(ben.page.getByText('This room is without chat')).toBeVisible()
    await expect(ben.page.getByRole('textbox', { name: 'Message' })).toHaveCount(0)
  })

  await test.step('she closes it, and both are out', async () => {
    await ada.page.getByRole('button', { name: 'Edit room' }).click()
    const dialog = ada.page.getByRole('dialog', { name: 'Room settings' })
    await dialog.getByRole('button', { name: 'Close the room for everybody' }).click()
    await dialog.getByRole('button', { name: 'Close it' }).click()
    for (const { page } of [ada, ben])
      await expect(page.getByRole('heading', { name: /closed/i })).toBeVisible()
  })
})

test('who comes to a waiting room is held, goes away, asks again and is let in; another is told "not now"', async () => {
  await using studyhall = await launchStudyhall()
  const ada = await studyhall.open('Ada')
  await ada.introduce()
  const ben = await studyhall.open('Ben')
  await ben.introduce()
  await ada.createRoom({ name: 'Just us', password: 'correct horse', hasWaitingRoom: true })
  await ada.joinNow('Just us')
  const code = await ada.copyRoomCode('Just us')

  await test.step('Ben is held at the door, and goes away again', async () => {
    await ben.knock(code, 'correct horse')
    await expect(ben.page.getByRole('heading', { name: 'Waiting to be let in' })).toBeVisible()
    await expect(ada.page.getByText('Ben wants to come in')).toBeVisible()
    await expectNoViolations(ben.page)
    await ben.page.getByRole('button', { name: 'Do not wait' }).click()
    await expect(ben.page.getByRole('button', { name: 'Join now' })).toBeVisible()
    await expect(ada.page.getByText('Ben wants to come in')).toHaveCount(0)
  })

  await test.step('he asks again, and is let in', async () => {
    await ben.page.getByRole('button', { name: 'Join now' }).click()
    await expect(ada.page.getByText('Ben wants to come in')).toBeVisible()
    await expectNoViolations(ada.page)
    await ada.page.getByRole('button', { name: 'Let Ben in' }).click()
    await expect(ben.page.getByRole('heading', { name: 'Just us' })).toBeVisible()
    await expect(ada.tileOf('Ben')).toBeVisible()
    await expect(ada.page.getByText('Ben wants to come in')).toHaveCount(0)
  })

  await test.step('a member from then on, he comes back without asking', async () => {
    await ben.leave()
    await ben.page.getByRole('searchbox', { name: 'Search rooms' }).fill('')
    await ben.openRoom('Just us')
    await ben.joinNow('Just us')
    await expect(ada.tileOf('Ben')).toBeVisible()
  })

  await test.step('somebody else is told "not now"', async () => {
    const chloe = await studyhall.open('Chloe')
    await chloe.introduce()
    await chloe.knock(code, 'correct horse')
    // Anybody inside may say so.
    await ben.page.getByRole('button', { name: 'Not now, Chloe' }).click()
    await expect(chloe.page.getByRole('heading', { name: 'Not now' })).toBeVisible()
    await expect(ada.page.getByText('Chloe wants to come in')).toHaveCount(0)
  })
})
