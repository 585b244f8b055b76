import { expect, test } from '@playwright/test'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'
import { expectPicture, expectSoundFrom, watchPicture } from '../helpers/media.ts'

for (const ending of ['close', 'kill'] as const) {
  test(`when the app that owns the backend is gone (${ending}), the call goes on and another takes it over`, async () => {
    await using studyhall = await launchStudyhall()
    const owner = await studyhall.open('Olive')
    await owner.introduce()
    const ada = await studyhall.open('Ada')
    await ada.introduce()
    await ada.createRoom({ name: 'Night shift' })
    await ada.joinNow('Night shift')
    const ben = await studyhall.open('Ben')
    await ben.introduce()
    await ben.openRoom('Night shift')
    await ben.joinNow('Night shift')
    await Promise.all([expectPicture(ada.tileOf('Ben')), expectPicture(ben.tileOf('Ada'))])

    const pictures = await Promise.all([watchPicture(ada.tileOf('Ben')), watchPicture(ben.tileOf('Ada'))])

    await studyhall[ending](owner)

    await test.step('media does not need the backend', async () => {
      await Promise.all(pictures.map((picture) => picture.expectUninterrupted()))
      await expectSoundFrom(ada.page, 1)
    })
    await test.step('signaling is back: what one does, the other is told', async () => {
      await expect(ada.tileOf('Ben')).not.toContainText(/muted/i)
      await ben.page.getByRole('button', { name: 'Mute', exact: true }).click()
      await expect(ada.tileOf('Ben')).toContainText(/muted/i)
      await ben.leave()
      await expect(ada.tileOf('Ben')).toHaveCount(0)
    })
    await test.step('and the room is where it was', async () => {
      await ben.openRoom('Night shift')
      await ben.joinNow('Night shift')
      await Promise.all([expectPicture(ada.tileOf('Ben')), expectPicture(ben.tileOf('Ada'))])
    })
  })
}

test('somebody who comes back is known: no name is asked for again', async () => {
  await using studyhall = await launchStudyhall()
  const ada = await studyhall.open('Ada')
  await ada.introduce()
  await studyhall.close(ada)
  const again = await studyhall.open('Ada')
  await expect(again.page.getByRole('heading', { name: 'Rooms', exact: true })).toBeVisible()
  await expect(again.page.getByRole('textbox', { name: 'Your name' })).toHaveCount(0)
})
