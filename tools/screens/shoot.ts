import type { Page } from 'playwright-core'

export const SCREENS_FOLDER = 'docs/screens'
export const VIEWPORT = { width: 1100, height: 740 }

export type Theme = 'light' | 'dark'

/** Takes what is on the page in both themes, or in those that are named. */
export async function shoot(
  page: Page,
  name: string,
  themes: readonly Theme[] = ['light', 'dark'],
): Promise<void> {
  await page.mouse.move(0, 0)
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.screenshot({ path: `${SCREENS_FOLDER}/${name}-${colorScheme}.png`, animations: 'disabled' })
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

/** Takes the focus away from what was pressed last, where its ring says nothing. */
export async function rest(page: Page): Promise<void> {
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })
}

/** Long words, and a page from right to left: what other languages ask most of a screen. */
export async function shootInOthers(page: Page, name: string): Promise<void> {
  for (const language of ['de', 'ar']) {
    await chooseLanguage(page, language)
    await shoot(page, `${name}-${language}`, ['light'])
  }
  await chooseLanguage(page, 'en')
}

/** Chooses a language in the settings, whatever language they speak. */
async function chooseLanguage(page: Page, language: string): Promise<void> {
  await page.keyboard.press('Control+,')
  await page.getByRole('tab').nth(3).click()
  await page.locator('select', { has: page.locator('option[value="ar"]') }).selectOption(language)
  await page.keyboard.press('Escape')
  await page.locator(`html[lang="${language}"]`).waitFor()
}
