import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
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
  const files = (await readdir(studyhall.dataFolder, { recursive: true })).filter((file) =>
    file.endsWith('settings.json'),
  )
  expect(files).toHaveLength(1)
  const settingsFile = join(studyhall.dataFolder, files[0] ?? '')
  await studyhall.close(ada)
  await writeFile(settingsFile, '{"theme": "dar')

  const again = await studyhall.open('Ada')
  await expect(again.page.getByRole('heading', { name: 'Rooms', exact: true })).toBeVisible()
  await expect(again.page.getByText(/settings/i).first()).toBeVisible()
  const kept = (await readdir(studyhall.dataFolder, { recursive: true })).filter((file) =>
    file.includes('corrupt'),
  )
  expect(kept).toHaveLength(1)
})
