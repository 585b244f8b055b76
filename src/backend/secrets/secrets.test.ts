import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSecrets, readSecrets } from './secrets.ts'

let folder = ''
let path = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-secrets-'))
  path = join(folder, 'secrets.json')
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

test('they are made once and stay the same', async () => {
  const first = await loadSecrets(path, false)
  const second = await loadSecrets(path, true)
  expect(first.ok).toBe(true)
  expect(second).toEqual(first)
})

test.skipIf(process.platform === 'win32')('they are for this user only', async () => {
  await loadSecrets(path, false)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})

test('every one of them is different', async () => {
  const made = await loadSecrets(path, false)
  const values = Object.values(made.ok ? made.value : {})
  expect(values).toHaveLength(8)
  expect(new Set(values).size).toBe(values.length)
})

test.each(['', '{', '{}', '[]', 'null', '{"version":2}'])(
  'a damaged file (%j) is refused and kept',
  async (text) => {
    await writeFile(path, text)
    expect(await loadSecrets(path, true)).toMatchObject({ ok: false, error: { kind: 'secrets-corrupt' } })
    expect(await loadSecrets(path, false)).toMatchObject({ ok: false, error: { kind: 'secrets-corrupt' } })
    expect(await readFile(path, 'utf8')).toBe(text)
  },
)

test('none are made up for a database that knows others', async () => {
  expect(await loadSecrets(path, true)).toMatchObject({ ok: false, error: { kind: 'secrets-corrupt' } })
  expect(await readSecrets(path)).toMatchObject({ ok: false })
})
