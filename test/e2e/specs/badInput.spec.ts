import { readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'

const wrongBackends = [
  {
    name: 'an address without a key',
    environment: { STUDYHALL_SUPABASE_URL: 'https://example.supabase.co' },
    words: /STUDYHALL_SUPABASE_KEY/,
  },
  {
    name: 'an address that is none',
    environment: { STUDYHALL_SUPABASE_URL: 'not a url', STUDYHALL_SUPABASE_KEY: 'key' },
    words: /STUDYHALL_SUPABASE_URL/,
  },
] as const

for (const { name, environment, words } of wrongBackends) {
  test(`${name} is told in words that help`, async () => {
    await using studyhall = await launchStudyhall()
    const ada = await studyhall.open('Ada', { environment })
    await expect(ada.page.getByText(words).first()).toBeVisible()
  })
}

test('a corrupt settings file is kept aside, defaults are used, and nothing else is lost', async () => {
  await using studyhall = await launchStudyhall()
  const ada = await studyhall.open('Ada')
  await ada.introduce()
  await ada.page.getByRole('button', { name: /account and appearance/ }).click()
  await ada.page.getByText('Dark', { exact: true }).click()
  await expect(ada.page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await studyhall.close(ada)
  const settingsFile = join(studyhall.dataFolder, 'profiles', 'ada', 'settings.json')
  await writeFile(settingsFile, '{"theme": "dar')

  const again = await studyhall.open('Ada')
  await expect(again.page.getByRole('heading', { name: 'Rooms', exact: true })).toBeVisible()
  await expect(again.page.getByText(/Your settings could not be read/)).toBeVisible()
  await expect(again.page.locator('html')).not.toHaveAttribute('data-theme', 'dark')
  const kept = (await readdir(dirname(settingsFile))).filter((file) => file.startsWith('settings.corrupt-'))
  expect(kept).toHaveLength(1)
  expect(await readFile(join(dirname(settingsFile), kept[0] ?? ''), 'utf8')).toBe('{"theme": "dar')
})
