import { expect, test } from '@playwright/test'
import { expectNoViolations } from '../helpers/expectNoViolations.ts'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'

test('every screen is clean by axe in both themes', async () => {
  await using studyhall = await launchStudyhall()
  const ada = await studyhall.open('Ada')
  await expect(ada.page.getByRole('textbox', { name: 'Your name' })).toBeVisible()
  await expectNoViolations(ada.page)
  await ada.introduce()
  await expectNoViolations(ada.page)
  await ada.page.getByRole('button', { name: 'New room' }).first().click()
  await expect(ada.page.getByRole('dialog')).toBeVisible()
  await expectNoViolations(ada.page)
  await ada.page.keyboard.press('Escape')
  await ada.createRoom({ name: 'Quiet hour', tags: 'maths' })
  await expectNoViolations(ada.page)
  await ada.joinNow('Quiet hour')
  await expectNoViolations(ada.page)
  const bar = ada.page.getByRole('toolbar', { name: 'Call controls' })
  await test.step('each control of the call shows its word, or tells it on pointing', async () => {
    const wordless = bar.getByRole('button').evaluateAll((buttons) =>
      buttons
        .filter((button) => (button.querySelector('[data-label]')?.clientWidth ?? 0) < 2)
        .filter((button) => !(button instanceof HTMLElement) || button.title === '')
        .map((button) => button.outerHTML),
    )
    expect(await wordless).toEqual([])
    for (const word of ['Mute', 'Leave']) {
      const shown = bar.getByRole('button', { name: word, exact: true }).locator('[data-label]')
      expect((await shown.boundingBox())?.width).toBeGreaterThan(20)
    }
  })
  await ada.page.getByRole('button', { name: 'Settings' }).click()
  await expect(ada.page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
  await ada.page.keyboard.press('Escape')
  await ada.page.getByRole('button', { name: 'More' }).click()
  await ada.page.getByRole('button', { name: 'Statistics' }).click()
  await expect(ada.page.getByRole('complementary', { name: 'Statistics' })).toContainText(
    'Nothing of the call is measured',
  )
  await expectNoViolations(ada.page)
})

test('from welcome into a room and out again by keyboard alone', async () => {
  await using studyhall = await launchStudyhall()
  const ada = await studyhall.open('Ada')
  const { page } = ada
  const press = async (role: 'button' | 'textbox', name: string): Promise<void> => {
    const target = page.getByRole(role, { name, exact: true }).first()
    await expect(target).toBeVisible()
    for (let presses = 0; presses < 40; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`${role} "${name}" was not reached by Tab`)
  }
  await press('textbox', 'Your name')
  await page.keyboard.type('Ada')
  await page.keyboard.press('Enter')
  await press('button', 'New room')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await press('textbox', 'Room name')
  await page.keyboard.type('By hand')
  await press('button', 'Create room')
  await page.keyboard.press('Enter')
  await press('button', 'Join now')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'By hand' })).toBeVisible()
  await press('button', 'Mute')
  await page.keyboard.press('Space')
  await expect(page.getByRole('button', { name: 'Unmute', exact: true })).toBeVisible()
  await press('button', 'Leave')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Rooms', exact: true })).toBeVisible()
})
