import { expect, test } from '@playwright/test'
import { expectNoViolations } from '../helpers/expectNoViolations.ts'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'
import { meet } from '../helpers/meet.ts'
import { openSection, panelOf } from '../helpers/settingsPanel.ts'

test('a picture that somebody chooses during a call is on their tile at once, for everybody, and stays theirs', async () => {
  test.setTimeout(120_000)
  await using studyhall = await launchStudyhall()
  const [ada, ben] = await meet(studyhall, 'Thesis hour', ['Ada', 'Ben'])
  await ada.page.getByRole('button', { name: 'Turn camera off' }).click()
  const tiles = [ada.tileOf('Ada'), ben.tileOf('Ada')]
  // An icon of the caption is no picture: that one stands in place of the video.
  const picture = 'span[data-hue] > svg'
  for (const tile of tiles) await expect(tile.locator('span[data-hue]')).toHaveText('A')

  await openSection(ada.page, 'Profile')
  const settings = panelOf(ada.page)
  await settings.getByRole('radio', { name: 'Cat' }).focus()
  await ada.page.keyboard.press('Space')
  await settings.getByRole('radio', { name: 'Blue' }).check({ force: true })
  await expectNoViolations(ada.page)
  await ada.page.keyboard.press('Escape')
  for (const tile of tiles) await expect(tile.locator(picture)).toBeVisible()
  await ben.page.getByRole('button', { name: 'People', exact: true }).click()
  const people = ben.page.getByRole('complementary', { name: 'People' })
  await expect(people.getByRole('listitem').filter({ hasText: 'Ada' }).locator(picture)).toBeVisible()

  await test.step('who comes back finds it', async () => {
    await ada.leave()
    await expect(
      ada.page.getByRole('button', { name: 'Ada, account and appearance' }).locator(picture),
    ).toBeVisible()
    await ada.openRoom('Thesis hour')
    await ada.joinNow('Thesis hour')
    await ada.page.getByRole('button', { name: 'Turn camera off' }).click()
    await expect(ben.tileOf('Ada').locator(picture)).toBeVisible()
  })
})
