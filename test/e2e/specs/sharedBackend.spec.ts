import { expect, test } from '@playwright/test'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'
import { expectPicture } from '../helpers/media.ts'

for (const ending of ['close', 'kill'] as const) {
  test(`when the app that owns the backend is gone (${ending}), another takes it over and nothing is lost`, async () => {
    await using studyhall = await launchStudyhall()
    const owner = await studyhall.open('Olive')
    await owner.introduce()
    const ada = await studyhall.open('Ada')
    await ada.introduce()
    await ada.createRoom({ name: 'Night shift' })
    await ada.joinNow('Night shift')

    await studyhall[ending](owner)

    const ben = await studyhall.open('Ben')
    await ben.introduce()
    await ben.openRoom('Night shift')
    await ben.joinNow('Night shift')
    await Promise.all([expectPicture(ada.tileOf('Ben')), expectPicture(ben.tileOf('Ada'))])
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
