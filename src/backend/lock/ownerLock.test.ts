import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeOwnerLock, type OwnerLock } from './ownerLock.ts'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-lock-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

function take(): OwnerLock | null {
  const taken = takeOwnerLock(join(folder, 'backend.lock'))
  if (!taken.ok) throw new Error(taken.error.message)
  return taken.value
}

test('one at a time, and the next one when it is let go', async () => {
  const first = take()
  expect(first).not.toBeNull()
  expect(take()).toBeNull()
  first?.release()
  first?.release()
  const second = take()
  expect(second).not.toBeNull()
  expect(take()).toBeNull()
  second?.release()
  expect(await readdir(folder)).toEqual(['backend.lock'])
})

test('a place where it cannot be is a failure that says so', () => {
  expect(takeOwnerLock(join(folder, 'missing', 'backend.lock'))).toMatchObject({
    ok: false,
    error: { kind: 'data-folder-not-writable' },
  })
})
