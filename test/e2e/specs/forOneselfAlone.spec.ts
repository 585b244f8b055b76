import { expect, test } from '@playwright/test'
import { expectNoViolations } from '../helpers/expectNoViolations.ts'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'
import { expectNoPictureSent, expectPicture, expectSoundFrom } from '../helpers/media.ts'
import { meet } from '../helpers/meet.ts'
import { expectLoudness } from '../helpers/voices.ts'

test('one silences, quietens, hides and blocks somebody for oneself alone, and it holds in the next call', async () => {
  await using studyhall = await launchStudyhall()
  const [ben, ada] = await meet(studyhall, 'Thesis hour', ['Ben', 'Ada'])
  await expectSoundFrom(ada.page, 1)
  await expectLoudness(ada.page, 1)
  const bensTile = ada.tileOf('Ben')
  const menuButton = bensTile.getByRole('button', { name: 'What you can do about Ben' })
  const menu = ada.page.getByRole('dialog', { name: 'What you can do about Ben' })

  await test.step('Ben is half as loud, then silent, by the keyboard alone; his voice goes on arriving', async () => {
    await menuButton.focus()
    await ada.page.keyboard.press('Enter')
    await expectNoViolations(ada.page)
    const volume = menu.getByRole('slider', { name: 'Volume of Ben' })
    await volume.focus()
    for (let step = 0; step < 10; step += 1) await ada.page.keyboard.press('ArrowLeft')
    await expect(volume).toHaveAttribute('aria-valuetext', '50 %')
    await expectLoudness(ada.page, 0.5)
    await menu.getByRole('button', { name: 'Silence for me' }).press('Enter')
    await expectLoudness(ada.page, 0)
    await expect(bensTile).toContainText('Silenced for you')
    await expectSoundFrom(ada.page, 1)
    await menu.getByRole('button', { name: 'Hear again' }).press('Enter')
    await expectLoudness(ada.page, 0.5)
  })

  await test.step('Ben is hidden: he sends no picture any more, and comes back when he is shown again', async () => {
    await menu.getByRole('button', { name: 'Hide for me' }).click()
    await expect(bensTile.locator('video')).toBeHidden()
    await expect(bensTile).toContainText('Hidden for you')
    await expectNoPictureSent(ben.page)
    await expectLoudness(ada.page, 0.5)
    await expectPicture(ben.tileOf('Ada'))
    await menu.getByRole('button', { name: 'Show again' }).click()
    await expectPicture(bensTile)
    await ada.page.keyboard.press('Escape')
  })

  await test.step('by one key Ada hears nobody and is not heard; by the same key she hears again', async () => {
    await ada.page.keyboard.press('d')
    await expectLoudness(ada.page, 0)
    await expect(ada.page.getByRole('button', { name: 'Unmute', exact: true })).toBeVisible()
    await expect(ben.tileOf('Ada')).toContainText(/muted/i)
    await expect(ada.tileOf('Ada')).toContainText('You hear nobody')
    await ada.page.keyboard.press('d')
    await expectLoudness(ada.page, 0.5)
    await expect(ada.page.getByRole('button', { name: 'Unmute', exact: true })).toBeVisible()
  })

  await test.step('one key over his tile hides and silences Ben, and Enter reports him', async () => {
    await ada.page.getByRole('button', { name: 'Leave', exact: true }).focus()
    await bensTile.hover()
    await ada.page.keyboard.press('x')
    const done = ada.page.getByRole('dialog', { name: 'You no longer see or hear Ben' })
    await expect(done.getByRole('button', { name: 'Send report' })).toBeFocused()
    await expectLoudness(ada.page, 0)
    await expectNoPictureSent(ben.page)
    await expectPicture(ben.tileOf('Ada'))
    await ada.page.keyboard.press('Enter')
    await expect(done).toContainText('Your report about Ben was taken')
    await expect(done.getByRole('button', { name: 'Block' })).toBeVisible()
    await done.getByRole('button', { name: 'Undo' }).click()
    await expectPicture(bensTile)
    await expectLoudness(ada.page, 0.5)
  })

  await test.step('a blocked person is neither seen nor heard, and gets no picture either', async () => {
    await menuButton.click()
    await menu.getByRole('button', { name: 'Block' }).click()
    await ada.page.getByRole('dialog', { name: 'Block Ben?' }).getByRole('button', { name: 'Block' }).click()
    await expect(bensTile).toContainText('Blocked')
    await expectLoudness(ada.page, 0)
    await Promise.all([expectNoPictureSent(ben.page), expectNoPictureSent(ada.page)])
    await expectSoundFrom(ben.page, 1)
  })

  await test.step('so it is when they meet again, until the block ends', async () => {
    await ada.leave()
    await ada.openRoom('Thesis hour')
    await ada.joinNow('Thesis hour')
    await expect(bensTile).toContainText('Blocked')
    await expectLoudness(ada.page, 0)
    await Promise.all([expectNoPictureSent(ben.page), expectNoPictureSent(ada.page)])
    await menuButton.click()
    await menu.getByRole('button', { name: 'Unblock' }).click()
    await Promise.all([expectPicture(bensTile), expectPicture(ben.tileOf('Ada'))])
    await expectLoudness(ada.page, 0.5)
  })
})
