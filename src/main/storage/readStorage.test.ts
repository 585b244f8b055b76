import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { folderSize } from './folderSize.ts'
import { readStorage } from './readStorage.ts'

let data = ''
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'studyhall-storage-'))
})
afterEach(() => rmSync(data, { recursive: true, force: true }))

test('backend, profile and logs are told apart and none is counted twice', async () => {
  const profile = join(data, 'profiles', 'ada')
  const logs = join(profile, 'logs')
  mkdirSync(logs, { recursive: true })
  mkdirSync(join(data, 'postgres', 'base'), { recursive: true })
  mkdirSync(join(data, 'profiles', 'ben'), { recursive: true })
  writeFileSync(join(data, 'postgres', 'base', '1'), Buffer.alloc(5_000))
  writeFileSync(join(data, 'endpoint.json'), Buffer.alloc(20))
  writeFileSync(join(profile, 'settings.json'), Buffer.alloc(300))
  writeFileSync(join(logs, 'main.log'), Buffer.alloc(70))
  writeFileSync(join(data, 'profiles', 'ben', 'settings.json'), Buffer.alloc(900))
  expect(await readStorage({ data, profile, logs }, { folder: '/films', count: 2, bytes: 900 })).toEqual({
    dataFolder: data,
    profileFolder: profile,
    backendBytes: 5_020,
    profileBytes: 300,
    logBytes: 70,
    recordingsFolder: '/films',
    recordingBytes: 900,
    recordingCount: 2,
  })
})

test('a folder that is not there is not known', async () => {
  expect(await folderSize(join(data, 'none'))).toBeNull()
})

test.skipIf(process.platform === 'win32')('links are not followed', async () => {
  writeFileSync(join(data, 'a'), Buffer.alloc(40))
  symlinkSync(data, join(data, 'loop'))
  expect(await folderSize(data)).toBeLessThan(40 + 4_096)
})
