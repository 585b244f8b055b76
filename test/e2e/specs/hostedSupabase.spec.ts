import { expect, test } from '@playwright/test'
import { startTestBackend } from '../../support/backend.ts'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'
import { expectPicture } from '../helpers/media.ts'
import { createSupabasePeople, signIn } from '../helpers/supabasePeople.ts'

test('on a Supabase of their own, people sign in by e-mail and password, and meet', async () => {
  const supabase = await startTestBackend()
  try {
    await using studyhall = await launchStudyhall()
    const hosted = createSupabasePeople(supabase, studyhall)
    const { environment } = hosted
    const ada = await hosted.arrive('Ada')
    const ben = await hosted.arrive('Ben')

    await ada.createRoom({ name: 'Far away' })
    await ada.joinNow('Far away')
    await ben.openRoom('Far away')
    await ben.joinNow('Far away')
    await Promise.all([expectPicture(ada.tileOf('Ben')), expectPicture(ben.tileOf('Ada'))])

    await test.step('Ada joins from a second computer; the first one is told why it is out', async () => {
      const laptop = await studyhall.open('Ada-laptop', { environment })
      await signIn(laptop.page, 'Ada@example.org')
      await laptop.openRoom('Far away')
      await laptop.joinNow('Far away')
      await expect(ada.page.getByText('You joined from somewhere else')).toBeVisible()
      await expectPicture(laptop.tileOf('Ben'))
      await expect(ben.page.getByTestId('tile')).toHaveCount(2)
    })

    await test.step('a wrong password is told, and the right one opens the door again', async () => {
      const { page } = ben
      await ben.leave()
      await page.getByRole('button', { name: /account and appearance/ }).click()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await signIn(page, 'Ben@example.org', 'not the password')
      await expect(page.getByRole('alert')).toBeVisible()
      await signIn(page, 'Ben@example.org')
      await expect(page.getByRole('heading', { name: 'Rooms', exact: true })).toBeVisible()
    })
  } finally {
    await supabase.stop()
  }
})
