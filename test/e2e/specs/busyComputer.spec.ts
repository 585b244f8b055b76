import { expect, test } from '@playwright/test'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'
import { becomesCalm, whileBusy } from '../helpers/machineLoad.ts'

const OTHERS_ARE_BUSY = 'other programs keep this machine busy, so that nothing can be seen of a load of ours'

test('a busy computer is told of with what to turn off, done by a click; calm, it is not', async () => {
  await using studyhall = await launchStudyhall()
  const ada = await studyhall.open('Ada')
  const { page } = ada
  await ada.introduce()
  await ada.createRoom({ name: 'Busy hour' })
  await ada.joinNow('Busy hour')
  test.skip(!(await becomesCalm(20_000)), OTHERS_ARE_BUSY)
  const relief = page.getByRole('button', { name: 'Smaller pictures' })
  await expect(relief).toBeHidden()
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
      await expect(page.getByRole('radio', { name: 'Save data' })).toBeChecked()
      await page.keyboard.press('Escape')
      // Still busy after a while: the next thing is named.
      await expect(page.getByRole('button', { name: 'Sound only' })).toBeVisible()
    }))

  await test.step('calm again, the notice goes by itself', async () => {
    test.skip(!(await becomesCalm(30_000)), OTHERS_ARE_BUSY)
    await expect(page.getByRole('button', { name: 'Sound only' })).toBeHidden()
    await expect(computer).toContainText(/Processor, everything\s*\d{1,2} %/)
  })
})
