import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { liteVersion } from './liteVersion.ts'

test('is the version that is installed', async () => {
  const manifest = join(
    import.meta.dirname,
    '..',
    '..',
    '..',
    'node_modules',
    '@supabase',
    'lite',
    'package.json',
  )
  expect(JSON.parse(await readFile(manifest, 'utf8'))).toMatchObject({ version: liteVersion })
})
