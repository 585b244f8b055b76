import { expect, test } from '@playwright/test'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'
import { expectNoPictureSent, expectPicture, expectSoundFrom } from '../helpers/media.ts'

test('two people meet in a room, see and hear each other, and the lobby follows', async () => {
  await using studyhall = await launchStudyhall()
  const ada = await studyhall.open('Ada')
  await ada.introduce()
  const ben = await studyhall.open('Ben')
  await ben.introduce()

  await test.step('Ada opens a room; it appears live in the lobby that Ben has open', async () => {
    // The list is read again now and then: without it, only news over Realtime can bring the room.
    await ben.page.route('**/api/rooms/list*', (route) => route.abort())
    await ada.createRoom({ name: 'Thesis hour', tags: 'writing, quiet' })
    await ada.joinNow('Thesis hour')
    await expect(ben.lobbyEntry('Thesis hour')).toContainText('1/')
    await expect(ben.lobbyEntry('Thesis hour')).toContainText('quiet')
    await ben.page.unroute('**/api/rooms/list*')
  })

  await test.step('Ben joins; frames and sound go both ways', async () => {
    await ben.openRoom('Thesis hour')
    await ben.page.getByRole('textbox', { name: 'What will you do?' }).fill('Chapter one')
    await ben.joinNow('Thesis hour')
    await Promise.all([expectPicture(ada.tileOf('Ben')), expectPicture(ben.tileOf('Ada'))])
    await expect(ada.tileOf('Ben')).toHaveAttribute('data-path', 'mesh')
    await expect(ada.tileOf('Ada')).toHaveAttribute('data-path', 'local')
    await expectSoundFrom(ada.page, 1)
    await expectSoundFrom(ben.page, 1)
  })

  await test.step('what one turns off, the other is told', async () => {
    await expect(ada.tileOf('Ben')).not.toContainText(/muted/i)
    await ben.page.getByRole('button', { name: 'Mute', exact: true }).click()
    await expect(ben.page.getByRole('button', { name: 'Unmute', exact: true })).toBeVisible()
    await expect(ada.tileOf('Ben')).toContainText(/muted/i)
    await ben.page.getByRole('button', { name: 'Turn camera off' }).click()
    await expect(ada.tileOf('Ben').locator('video')).toBeHidden()
    await ben.page.getByRole('button', { name: 'Turn camera on' }).click()
    await expectPicture(ada.tileOf('Ben'))
  })

  await test.step('whom nobody wants to see sends no picture, is heard all the same, and comes back', async () => {
    await ben.page.getByRole('button', { name: 'Unmute', exact: true }).click()
    await ada.page.getByRole('button', { name: 'Quality' }).click()
    const receives = ada.page.getByRole('switch', { name: 'Show other people’s video' })
    await receives.uncheck()
    await expect(ada.tileOf('Ben').locator('video')).toBeHidden()
    await expectNoPictureSent(ben.page)
    await expectSoundFrom(ada.page, 1)
    await receives.check()
    await expectPicture(ada.tileOf('Ben'))
    await ada.page.keyboard.press('Escape')
  })

  await test.step('one starts the timer for both: focus closes the other’s microphone, a pause holds for both', async () => {
    await ada.page.getByRole('button', { name: 'Timer', exact: true }).click()
    await ada.page.getByRole('button', { name: 'Start focus' }).click()
    await ada.page.keyboard.press('Escape')
    const [adas, bens] = [ada.page.getByTestId('room-timer'), ben.page.getByTestId('room-timer')]
    for (const timer of [adas, bens]) await expect(timer).toContainText(/Focus1 of 42[45]:\d\d/)
    await expect(ben.page.getByRole('button', { name: 'Unmute', exact: true })).toBeVisible()
    await expect(ada.tileOf('Ben')).toContainText(/muted/i)
    await bens.getByRole('button').first().click()
    await ben.page.getByRole('button', { name: 'Pause' }).click()
    await expect(adas).toContainText('Paused')
    await ben.page.getByRole('button', { name: 'Stop', exact: true }).click()
    const goal = ben.page.getByRole('textbox', { name: 'What will you do?' })
    await expect(goal).toHaveValue('Chapter one')
    await goal.fill('Chapter two')
    await ben.page.getByRole('switch', { name: 'Show it to the others' }).check()
    await ben.page.getByRole('button', { name: 'Set goal' }).click()
    await ada.page.getByRole('button', { name: 'People', exact: true }).click()
    const list = ada.page.getByRole('complementary', { name: 'People' })
    await expect(list).toContainText('Chapter two')
    await list.getByRole('button', { name: 'Close the list of people' }).click()
    await expect(ada.page.getByRole('button', { name: 'Timer', exact: true })).toBeVisible()
    await ben.page.keyboard.press('Escape')
  })

  await test.step('they write to each other; a link says where it leads before it leads there', async () => {
    await ben.page.getByRole('button', { name: 'Chat', exact: true }).click()
    await ben.page.getByRole('textbox', { name: 'Message' }).fill('Notes: https://example.org/notes')
    await ben.page.keyboard.press('Enter')
    await ada.page.getByRole('button', { name: 'Chat, 1 new message' }).click()
    const written = ada.page.getByRole('log', { name: 'Chat' })
    await expect(written).toContainText('Ben')
    await written.getByRole('button', { name: 'https://example.org/notes' }).click()
    const dialog = ada.page.getByRole('dialog', { name: 'Open this page?' })
    await expect(dialog).toContainText('https://example.org/notes')
    await dialog.getByRole('button', { name: 'Stay here' }).last().click()
    const own = ben.page.getByRole('log', { name: 'Chat' }).getByRole('listitem')
    await own.hover()
    await own.getByRole('button', { name: 'Delete your message' }).click()
    await expect(written).not.toContainText('Notes')
    for (const { page } of [ada, ben]) await page.getByRole('button', { name: 'Close the chat' }).click()
  })

  await test.step('Ben leaves; his tile goes at once and the lobby counts down', async () => {
    await ben.leave()
    await expect(ada.tileOf('Ben')).toHaveCount(0)
    await expect(ben.lobbyEntry('Thesis hour')).toContainText('1/')
    const question = ben.page.getByRole('region', { name: 'How did it go with “Chapter two”?' })
    await question.getByRole('button', { name: 'Partly' }).click()
    await expect(question).toHaveCount(0)
    await ben.page.getByRole('button', { name: 'Your week' }).click()
    const week = ben.page.getByRole('dialog', { name: 'Your week' })
    await expect(week.getByRole('button', { name: 'Export the year as CSV' })).toBeVisible()
    await ben.page.keyboard.press('Escape')
  })

  await test.step('he comes back with one click, and they meet again', async () => {
    await ben.openRoom('Thesis hour')
    await ben.joinNow('Thesis hour')
    await Promise.all([expectPicture(ada.tileOf('Ben')), expectPicture(ben.tileOf('Ada'))])
  })
})

test('a private room is hidden from the lobby of others and opens to its code and password', async () => {
  await using studyhall = await launchStudyhall()
  const ada = await studyhall.open('Ada')
  await ada.introduce()
  const ben = await studyhall.open('Ben')
  await ben.introduce()
  await ada.createRoom({ name: 'Just us', password: 'correct horse' })
  await ada.joinNow('Just us')
  await ben.page.reload()
  await expect(ben.page.getByText('No rooms are open')).toBeVisible()

  const code = await test.step('Ada copies the code; in her own lobby she finds the room by name', () =>
    ada.copyRoomCode('Just us'))

  await test.step('Ben goes there by the code; a wrong password is told, the right one opens', async () => {
    const { page } = ben
    await ben.knock(code, 'wrong horse')
    await expect(page.getByRole('alert')).toContainText('cannot be joined')
    await page.getByRole('textbox', { name: 'Password' }).fill('correct horse')
    await ben.joinNow('Just us')
    await Promise.all([expectPicture(ada.tileOf('Ben')), expectPicture(ben.tileOf('Ada'))])
  })
})
