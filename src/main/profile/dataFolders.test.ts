import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDataFolders } from './dataFolders.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'studyhall-data-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('openDataFolders', () => {
  test('makes the folders of a profile, for the owner only', () => {
    const opened = openDataFolders({ override: undefined, userData: join(folder, 'new'), profile: 'second' })
    expect(opened.ok && opened.value.profile).toBe(join(folder, 'new', 'profiles', 'second'))
    expect(opened.ok && statSync(opened.value.logs).isDirectory()).toBe(true)
    const mode = process.platform === 'win32' ? 0 : statSync(join(folder, 'new')).mode & 0o077
    expect(mode).toBe(0)
  })

  test('STUDYHALL_DATA_DIR takes the place of the default', () => {
    const opened = openDataFolders({
      override: join(folder, 'mine'),
      userData: join(folder, 'x'),
      profile: 'default',
    })
    expect(opened.ok && opened.value.data).toBe(join(folder, 'mine'))
  })

  test('says which folder cannot be written and what to do', () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const opened = openDataFolders({ override: join(file, 'below'), userData: folder, profile: 'default' })
    expect(opened).toMatchObject({
      ok: false,
      error: {
        kind: 'data_folder_not_writable',
        message: expect.stringMatching(/file.below.*STUDYHALL_DATA_DIR/) as string,
      },
    })
  })
})
