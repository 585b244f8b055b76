import { expect, test } from '@playwright/test'
import { expectNoViolations } from '../helpers/expectNoViolations.ts'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'
import { expectNoPictureSent, expectPicture, expectSoundFrom } from '../helpers/media.ts'
import { meet } from '../helpers/meet.ts'

test('with the timer alone, or as a small window, nobody is asked for a picture; voices go on', async () => {
  await using studyhall = await launchStudyhall()
  const [ada, ben] = await meet(studyhall, 'Thesis hour', ['Ada', 'Ben'])
  const { page } = ada
  const chooseView = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('radio', { name }).check({ force: true })
    await page.keyboard.press('Escape')
  }

  await test.step('in the focus view there is oneself and the timer, and Ben sends no picture', async () => {
    await chooseView('Focus')
    await expect(ada.tileOf('Ben')).toHaveCount(0)
    await expect(ada.tileOf('Ada')).toBeVisible()
    await expect(page.getByTestId('room-timer')).toBeVisible()
    await expectNoViolations(page)
    await expectNoPictureSent(ben.page)
    await expectSoundFrom(page, 1)
    await expectPicture(ben.tileOf('Ada'))
    await page.getByRole('button', { name: 'Show the others' }).click()
    await expectPicture(ada.tileOf('Ben'))
  })

  await test.step('one’s own picture can be hidden from oneself, and others see it as ever', async () => {
    await page.getByRole('button', { name: 'More', exact: true }).click()
    const hides = page.getByRole('switch', { name: 'Hide my own picture' })
    await hides.check()
    await expect(ada.tileOf('Ada')).toHaveCount(0)
    await expectPicture(ben.tileOf('Ada'))
    await hides.uncheck()
    await expect(ada.tileOf('Ada')).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('S makes the window a strip with what counts, and large again', async () => {
    const widthPx = await page.evaluate(() => window.innerWidth)
    await page.keyboard.press('s')
    const strip = page.getByRole('main', { name: 'Thesis hour' })
    await expect(strip.getByRole('button', { name: 'Mute', exact: true })).toBeVisible()
    await expect(strip.getByRole('button', { name: 'Leave' })).toBeVisible()
    await expect(strip.getByRole('button', { name: 'Turn camera off' })).toBeVisible()
    await expect(strip).toContainText('2 people here')
    await expect.poll(() => page.evaluate(() => window.innerWidth)).toBeLessThan(widthPx)
    await expectNoViolations(page)
    await expectNoPictureSent(ben.page)
    await expectSoundFrom(page, 1)
    await page.keyboard.press('s')
    await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(widthPx)
    await expectPicture(ada.tileOf('Ben'))
  })

  await test.step('F has the whole screen, and F gives it back', async () => {
    const isFull = () => page.evaluate(() => document.fullscreenElement !== null)
    await page.keyboard.press('f')
    await expect.poll(isFull).toBe(true)
    await page.keyboard.press('f')
    await expect.poll(isFull).toBe(false)
  })

  await test.step('new in a public room one comes in listening, and not when one comes back', async () => {
    await ben.leave()
    await ben.openRoom('Thesis hour')
    await expect(ben.page.getByText('so you come in listening')).toHaveCount(0)
    await ben.joinNow('Thesis hour')
    await expectPicture(ada.tileOf('Ben'))
    const chloe = await studyhall.open('Chloe')
    await chloe.introduce()
    await chloe.tryToJoin('Thesis hour')
    await expect(chloe.page.getByRole('button', { name: 'Unmute', exact: true })).toBeVisible()
    await expect(chloe.page.getByRole('button', { name: 'Turn camera on' })).toBeVisible()
    await expect(ada.tileOf('Chloe')).toContainText(/muted/i)
    await expectPicture(chloe.tileOf('Ada'))
    await expect(ada.tileOf('Chloe').locator('video')).toBeHidden()
  })

  await test.step('whoever leaves from the strip comes back to a whole lobby', async () => {
    const widthPx = await page.evaluate(() => window.innerWidth)
    await page.keyboard.press('s')
    await expect.poll(() => page.evaluate(() => window.innerWidth)).toBeLessThan(widthPx)
    await ada.leave()
    await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(widthPx)
  })
})
