import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openAskedMemory } from './askedMemory.ts'

let folder = ''
let warnings: string[] = []
const log = { info: () => undefined, warn: (line: string) => warnings.push(line), error: () => undefined }

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'studyhall-asked-'))
  warnings = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('what was asked is known to the next run of the profile', () => {
  expect(openAskedMemory(folder, log).wasAsked()).toBe(false)
  openAskedMemory(folder, log).remember()
  expect(openAskedMemory(folder, log).wasAsked()).toBe(true)
  expect(warnings).toEqual([])
})

test('where nothing can be written, that is logged and the app goes on', () => {
  const memory = openAskedMemory(join(folder, 'not', 'there'), log)
  memory.remember()
  expect(memory.wasAsked()).toBe(false)
  expect(warnings).toHaveLength(1)
})
