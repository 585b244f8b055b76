import { expect, type Locator, type Page } from '@playwright/test'

export const settingsSections = [
  'Profile',
  'Devices',
  'Quality',
  'Appearance',
  'Notifications',
  'Shortcuts',
  'Start-up',
  'Privacy',
  'Backend',
  'Storage',
  'About',
] as const

export const panelOf = (page: Page): Locator => page.getByRole('dialog', { name: 'Settings' })

/** Opens the settings where they are not open, and a section of them. */
export async function openSection(page: Page, name: (typeof settingsSections)[number]): Promise<void> {
  if (!(await panelOf(page).isVisible())) await page.keyboard.press('Control+,')
  await panelOf(page).getByRole('tab', { name, exact: true }).click()
  await expect(panelOf(page).getByRole('heading', { name, exact: true, level: 3 })).toBeVisible()
}
