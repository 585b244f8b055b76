import { expect, test } from '@playwright/test'
import type { Locator } from '@playwright/test'
import { expectNoViolations } from '../helpers/expectNoViolations.ts'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'
import { expectPicture } from '../helpers/media.ts'
import { meet } from '../helpers/meet.ts'
import type { Person } from '../helpers/person.ts'

const screenOf = (viewer: Person, name: string): Locator =>
  viewer.page.getByTestId('screen').and(viewer.page.getByRole('group', { name: `${name}’s screen` }))

test('a screen is chosen, seen large by the other, and ended from the strip and from the bar', async () => {
  await using studyhall = await launchStudyhall()
  const [ada, ben] = await meet(studyhall, 'Thesis hour', ['Ada', 'Ben'])
  const { page } = ada
  const dialog = page.getByRole('dialog', { name: 'Share your screen' })
  const strip = page.getByTestId('sharing-strip')

  await test.step('the picker shows screens and windows, and nothing is shared by opening it', async () => {
    await page.getByRole('button', { name: 'Share screen' }).click()
    await expect(dialog.getByRole('radio', { name: 'Screens' })).toBeFocused()
    await page.keyboard.press('ArrowRight')
    await expect(dialog.getByRole('radio', { name: 'Windows' })).toBeChecked()
    await expect(dialog.getByRole('radio', { name: /Studyhall/ })).toBeVisible()
    await expectNoViolations(page)
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(strip).toBeHidden()
  })

  await test.step('what is chosen by keyboard is seen by the other, large, with its owner’s name', async () => {
    await page.getByRole('button', { name: 'Share screen' }).press('Enter')
    await expect(dialog.getByRole('radio', { name: 'Screens' })).toBeFocused()
    // There is one screen, and so it is chosen.
    await page.keyboard.press('Enter')
    await expect(strip).toContainText('You are sharing “Entire screen”')
    await expectPicture(screenOf(ben, 'Ada'))
    await expect(ben.tileOf('Ada')).toContainText('Sharing')
    await expectPicture(ben.tileOf('Ada'))
    const [screenBox, tileBox] = await Promise.all([
      screenOf(ben, 'Ada').boundingBox(),
      ben.tileOf('Ada').boundingBox(),
    ])
    expect(screenBox?.width ?? 0).toBeGreaterThan(2 * (tileBox?.width ?? 0))
    await expectNoViolations(ben.page)
  })

  await test.step('it ends from the strip, and the people have the room again', async () => {
    await strip.getByRole('button', { name: 'Stop sharing' }).click()
    await expect(strip).toBeHidden()
    await expect(screenOf(ben, 'Ada')).toHaveCount(0)
    await expect(ben.tileOf('Ada')).not.toContainText('Sharing')
  })

  await test.step('it ends when the room is to be without, which is said, until it is allowed again', async () => {
    const setAllowed = async (isAllowed: boolean): Promise<void> => {
      await page.getByRole('button', { name: 'Edit room' }).click()
      const settings = page.getByRole('dialog', { name: 'Room settings' })
      await settings.getByRole('switch', { name: 'Shared screens' }).setChecked(isAllowed, { force: true })
      await settings.getByRole('button', { name: 'Save' }).click()
      await expect(settings).toHaveCount(0)
    }
    await page.getByRole('button', { name: 'Share screen' }).click()
    await dialog.getByRole('button', { name: 'Share', exact: true }).click()
    await expectPicture(screenOf(ben, 'Ada'))
    await setAllowed(false)
    await expect(strip).toBeHidden()
    await expect(page.getByText('Your screen is not shared any more')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Share screen' })).toBeDisabled()
    await expect(screenOf(ben, 'Ada')).toHaveCount(0)
    await setAllowed(true)
    await expect(page.getByRole('button', { name: 'Share screen' })).toBeEnabled()
  })

  await test.step('shared again, it ends from the call bar, and with leaving', async () => {
    for (const end of ['Stop sharing', 'Leave']) {
      await page.getByRole('button', { name: 'Share screen' }).click()
      await dialog.getByRole('button', { name: 'Share', exact: true }).click()
      await expectPicture(screenOf(ben, 'Ada'))
      await page
        .getByRole('toolbar', { name: 'Call controls' })
        .getByRole('button', { name: end, exact: true })
        .click()
      await expect(screenOf(ben, 'Ada')).toHaveCount(0)
    }
  })
})
