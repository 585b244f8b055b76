import { expect, test } from '@playwright/test'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'
import { becomesCalm, whileBusy } from '../helpers/machineLoad.ts'

test('a busy computer is told of with what to turn off, done by a click; calm, it is not', async () => {
  await using studyhall = await launchStudyhall()
  const ada = await studyhall.open('Ada')
  const { page } = ada
  await ada.introduce()
  await ada.createRoom({ name: 'Busy hour' })
  await ada.joinNow('Busy hour')
  const relief = page.getByRole('button', { name: 'Smaller pictures' })
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'Statistics' }).click()
  const computer = page.getByRole('region', { name: 'This computer' })
  await expect(computer).toContainText(/Processor, everything\s*\d+ %/)

  await test.step('every processor filled: the reading says so, and so does a notice', () =>
    whileBusy(async () => {
      await expect(computer).toContainText(/Processor, everything\s*(8\d|9\d|100) %/)
      await expect(relief).toBeVisible()
      await expect(page.getByRole('status').filter({ hasText: 'busy' })).toContainText('with other programs')
      await relief.click()
      await expect(relief).toBeHidden()
      await page.getByRole('button', { name: 'Quality' }).click()
      await expect(page.getByRole('combobox', { name: 'Video quality' })).toHaveValue('dataSaver')
      await page.keyboard.press('Escape')
      // Still busy after a while: the next thing is named.
      await expect(page.getByRole('button', { name: 'Sound only' })).toBeVisible()
    }))

  await test.step('calm again, the notice goes by itself', async () => {
    // What has been seen so far has passed; this last step alone cannot be seen.
    test.skip(!(await becomesCalm(30_000)), 'other programs keep this machine busy')
    await expect(page.getByRole('button', { name: 'Sound only' })).toBeHidden()
    await expect(computer).toContainText(/Processor, everything\s*[1-7]?\d %/)
  })
})
