import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Films, openFilms } from './openFilms.ts'

const name = '2026-11-27 09-05 Thesis hour.webm'
let around = ''
let folder = ''
let shown: string[]
let films: Films

beforeEach(async () => {
  around = await mkdtemp(join(tmpdir(), 'studyhall-films-'))
  folder = join(around, 'Studyhall')
  shown = []
  films = openFilms({ folder: () => folder, showItem: (path) => shown.push(path) })
})
afterEach(() => rm(around, { recursive: true, force: true }))

test('a recording of ours is shown, and nothing else', async () => {
  await mkdir(folder)
  await writeFile(join(folder, name), 'x')
  expect(await films.show(name)).toBe(true)
  expect(shown).toEqual([join(folder, name)])
  await writeFile(join(around, '2026-11-27 09-05 x.webm'), '')
  for (const other of [
    '../2026-11-27 09-05 x.webm',
    'notes.txt',
    '2026-11-27 09-05 ..\\x.webm',
    randomUUID(),
  ]) {
    expect(await films.show(other)).toBe(false)
  }
  expect(shown).toHaveLength(1)
})

test('recordings alone are counted', async () => {
  expect(await films.figures()).toEqual({ folder, count: 0, bytes: 0 })
  await mkdir(folder)
  await writeFile(join(folder, name), 'abc')
  await writeFile(join(folder, `${name}.part`), 'half')
  await writeFile(join(folder, 'notes.txt'), 'mine')
  expect(await films.figures()).toMatchObject({ count: 1, bytes: 3 })
})

test.skipIf(process.platform === 'win32')('a link is no way out of the folder', async () => {
  await mkdir(folder)
  await symlink('/etc/passwd', join(folder, '2026-11-27 09-05 link.webm'))
  expect(await films.show('2026-11-27 09-05 link.webm')).toBe(false)
})
