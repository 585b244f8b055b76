import { expect, test } from '@playwright/test'
import { expectNoViolations } from '../helpers/expectNoViolations.ts'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'

test('the lobby takes a code without its link, names whom one knows, sorts, and leads back to where one was', async () => {
  await using studyhall = await launchStudyhall()
  const ada = await studyhall.open('Ada')
  const ben = await studyhall.open('Ben')
  await ada.introduce()
  await ben.introduce()
  const adasDialog = ada.page.getByRole('dialog')
  const bensRooms = ben.page.getByRole('list', { name: 'Rooms', exact: true })

  await test.step('Ben becomes a member of Ada’s recurring room by the code of an invitation alone', async () => {
    await ada.page.getByRole('button', { name: 'Open the first room' }).click()
    await adasDialog.getByRole('textbox', { name: 'Room name' }).fill('Thesis hour')
    await adasDialog.getByRole('switch', { name: 'Repeats every week' }).check({ force: true })
    await adasDialog.getByRole('button', { name: 'Create recurring room' }).click()
    await ada.page.getByRole('button', { name: 'More about Thesis hour' }).click()
    // The system's clipboard is not there for tests.
    await ada.page.evaluate(() => {
      const clipboard = { writeText: async (text: string) => void (document.title = text) }
      Object.defineProperty(navigator, 'clipboard', { value: clipboard })
    })
    await ada.page.getByRole('button', { name: 'Copy invitation' }).click()
    await expect(ada.page).toHaveTitle(/studyhall:\/\/join\//)
    const code = /studyhall:\/\/join\/([\w-]+)/.exec(await ada.page.title())?.[1] ?? ''
    await ada.page.keyboard.press('Escape')

    await ben.page.getByRole('button', { name: 'Have a code?' }).click()
    const entry = ben.page.getByRole('dialog', { name: 'Come in by a code' })
    const field = entry.getByRole('textbox', { name: 'Code or link' })
    await field.fill('no such code')
    await field.press('Enter')
    await expect(entry.getByRole('alert')).toContainText('does not know such codes')
    await expectNoViolations(ben.page)
    await field.fill(code)
    await field.press('Enter')
    await expect(ben.page.getByRole('list', { name: 'Your rooms' })).toContainText('Thesis hour')
    await expect(entry).toBeHidden()
  })

  await test.step('and sees where Ada is, as soon as both have turned it on', async () => {
    for (const { page } of [ada, ben]) {
      await page.keyboard.press('ControlOrMeta+,')
      await page.getByRole('tab', { name: 'Privacy' }).click()
      await page.getByRole('switch', { name: 'Tell people of my recurring rooms' }).check()
      await page.keyboard.press('Escape')
      // Under a pointer that rests on the list, nothing in it changes.
      await page.mouse.move(0, 0)
    }
    await ada.createRoom({ name: 'Zoology' })
    await ada.joinNow('Zoology')
    await expect(ben.lobbyEntry('Zoology')).toContainText('You know Ada', { timeout: 60_000 })
    await expectNoViolations(ben.page)
  })

  await test.step('and in which phase her room is, which he can look for', async () => {
    await ada.page.getByRole('button', { name: 'Timer', exact: true }).click()
    await ada.page.getByRole('button', { name: 'Start focus' }).click()
    await ada.page.keyboard.press('Escape')
    await expect(ben.lobbyEntry('Zoology')).toContainText(/Focus, 2\d min left/)
    const inPhase = ben.page.getByRole('combobox', { name: 'Timer' })
    await inPhase.selectOption('On a break')
    await expect(ben.page.getByText('No rooms match')).toBeVisible()
    await inPhase.selectOption('In focus')
    await expect(bensRooms.getByRole('listitem')).toContainText(['Zoology'])
    await inPhase.selectOption('Any or none')
  })

  await test.step('Ben sorts by name, and clears a filter that leaves nothing', async () => {
    await ben.createRoom({ name: 'Anatomy' })
    await ben.page.getByRole('button', { name: 'Back to the rooms' }).click()
    await ben.page.getByRole('combobox', { name: 'Sort' }).selectOption('Name')
    await expect(bensRooms.getByRole('listitem')).toContainText(['Anatomy', 'Zoology'])
    await ben.page.getByRole('combobox', { name: 'Sort' }).selectOption('Most people')
    await expect(bensRooms.getByRole('listitem')).toContainText(['Zoology', 'Anatomy'])
    await ben.page.getByRole('combobox', { name: 'Show' }).selectOption('My private rooms')
    await expect(ben.page.getByText('No rooms match')).toBeVisible()
    await ben.page.getByRole('button', { name: 'Clear the filters' }).click()
    await expect(bensRooms.getByRole('listitem')).toHaveCount(2)
  })

  await test.step('where Ada was stands above her list, once', async () => {
    await ada.leave()
    const recent = ada.page.getByRole('list', { name: 'Where you were lately' })
    await expect(recent.getByRole('listitem')).toContainText(['Zoology'])
    await expect(ada.page.getByRole('button', { name: 'Join Zoology' })).toHaveCount(1)
    await expectNoViolations(ada.page)
    await recent.getByRole('button', { name: 'Join Zoology' }).click()
    await expect(ada.page.getByRole('heading', { name: 'Ready to join?' })).toBeVisible()
  })
})
