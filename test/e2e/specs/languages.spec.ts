import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { expectNoViolations } from '../helpers/expectNoViolations.ts'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'

const german = { STUDYHALL_LANGUAGES: 'de-AT,en' }

const root = (page: Page) => page.locator('html')

test('a language that is chosen holds at once, and from the first picture on after a restart', async () => {
  await using studyhall = await launchStudyhall()
  const ada = await studyhall.open('Ada')
  await ada.introduce()
  await expect(root(ada.page)).toHaveAttribute('lang', 'en')

  await test.step('German, from the settings, without loading anything anew', async () => {
    await ada.page.evaluate(() => Object.assign(window, { isSamePage: true }))
    await ada.page.keyboard.press('Control+,')
    await ada.page.getByRole('tab', { name: 'Appearance' }).click()
    await ada.page.getByRole('combobox', { name: 'Language' }).selectOption('Deutsch')
    await expect(ada.page.getByRole('heading', { name: 'Darstellung', level: 3 })).toBeVisible()
    await expect(ada.page.getByRole('combobox', { name: 'Sprache' })).toHaveValue('de')
    await expect(root(ada.page)).toHaveAttribute('lang', 'de')
    await ada.page.keyboard.press('Escape')
    await expect(ada.page.getByRole('button', { name: 'Neuer Raum' }).first()).toBeVisible()
    expect(await ada.page.evaluate(() => 'isSamePage' in window)).toBe(true)
  })

  await test.step('after a restart nothing was ever drawn in English', async () => {
    await studyhall.close(ada)
    const { page } = await studyhall.open('Ada')
    await expect(page.getByRole('heading', { name: 'Räume', exact: true })).toBeVisible()
    await page.addInitScript(() => {
      const seen: string[] = []
      Object.assign(window, { seen })
      new MutationObserver(() => seen.push(document.body.innerText)).observe(document, {
        childList: true,
        subtree: true,
        characterData: true,
      })
    })
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Räume', exact: true })).toBeVisible()
    const seen = await page.evaluate(() => String(Reflect.get(window, 'seen')))
    expect(seen).toContain('Räume')
    expect(seen).not.toMatch(/Rooms|Opening|Loading|New room/)
  })
})

test('without a choice the system’s language is spoken, and Arabic from right to left', async () => {
  await using studyhall = await launchStudyhall()
  const ada = await studyhall.open('Ada', { environment: german })
  await expect(ada.page.getByRole('heading', { name: 'Willkommen bei Studyhall' })).toBeVisible()
  await ada.page.getByRole('textbox', { name: 'Dein Name' }).fill('Ada')
  await ada.page.getByRole('button', { name: 'Weiter' }).click()
  await expect(ada.page.getByRole('heading', { name: 'Räume', exact: true })).toBeVisible()

  await ada.page.keyboard.press('Control+,')
  await ada.page.getByRole('tab', { name: 'Darstellung' }).click()
  await ada.page.getByRole('combobox', { name: 'Sprache' }).selectOption('العربية')
  await expect(root(ada.page)).toHaveAttribute('dir', 'rtl')
  await expectNoViolations(ada.page)

  await test.step('sections stand on the right, and what is chosen is there again as the system’s', async () => {
    const tabs = await ada.page.getByRole('tablist').boundingBox()
    const panel = await ada.page.getByRole('tabpanel').boundingBox()
    expect(tabs?.x).toBeGreaterThan(panel?.x ?? Infinity)
    await ada.page.getByRole('tabpanel').getByRole('combobox').selectOption({ value: '' })
    await expect(root(ada.page)).toHaveAttribute('lang', 'de')
    await expect(root(ada.page)).toHaveAttribute('dir', 'ltr')
  })

  await ada.page.keyboard.press('Escape')
  await expect(ada.page.getByRole('button', { name: 'Neuer Raum' }).first()).toBeVisible()
})
