import { expect, test } from '@playwright/test'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'
import { expectPicture, expectSoundFrom } from '../helpers/media.ts'

const devices = ['--use-fake-device-for-media-stream=fps=10', '--use-fake-ui-for-media-stream']

const cases = [
  { name: 'without a camera and a microphone', switches: [], words: /no camera/i },
  {
    name: 'with permission denied',
    switches: ['--use-fake-device-for-media-stream=fps=10', '--use-fake-ui-for-media-stream=deny'],
    words: /not allowed|denied|permission|access/i,
  },
] as const

for (const { name, switches, words } of cases) {
  test(`joining works ${name}: one still sees and hears the others`, async () => {
    await using studyhall = await launchStudyhall()
    const ada = await studyhall.open('Ada', { switches: devices })
    await ada.introduce()
    await ada.createRoom({ name: 'Reading room' })
    await ada.joinNow('Reading room')

    const ben = await studyhall.open('Ben', { switches })
    await ben.introduce()
    await ben.openRoom('Reading room')
    await expect(ben.page.getByText(words).first()).toBeVisible()
    await ben.joinNow('Reading room')

    await expectPicture(ben.tileOf('Ada'))
    await expectSoundFrom(ben.page, 1)
    await expect(ada.tileOf('Ben')).toBeVisible()
    await expect(ada.tileOf('Ben').locator('video')).toBeHidden()
  })
}
