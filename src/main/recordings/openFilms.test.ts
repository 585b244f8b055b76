import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeWebm } from '../../../test/support/webm.ts'
import { filmsSchema } from '../../shared/ipc/recordings.ts'
import { makeSeekable } from './makeSeekable.ts'
import { type Films, openFilms } from './openFilms.ts'
import { readDurationMs } from './webm/readDuration.ts'

const name = '2026-11-27 09-05 Thesis hour.webm'
let around = ''
let folder = ''
let shown: string[]
let dropped: string[]
let openName = ''
let films: Films

beforeEach(async () => {
  around = await mkdtemp(join(tmpdir(), 'studyhall-films-'))
  folder = join(around, 'Studyhall')
  shown = []
  dropped = []
  openName = ''
  films = openFilms({
    folder: () => folder,
    showItem: (path) => shown.push(path),
    files: { isOpen: (other) => other === openName },
    finisher: {
      drop(other) {
        dropped.push(other)
        return Promise.resolve()
      },
    },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  })
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

describe('the list', () => {
  const film = writeWebm([
    { atMs: 0, blocks: [0, 1_000, 2_000].map((atMs) => ({ track: 2, atMs, isKey: true, bytes: 9 })) },
  ])

  test('is empty where nothing was ever recorded, and is none where it cannot be read', async () => {
    expect(await films.list()).toEqual([])
    await writeFile(folder, 'no folder')
    expect(await films.list()).toBeNull()
  })

  test('has the latest first, with the moment, the length where it is known, and the size', async () => {
    await mkdir(folder)
    openName = '2026-11-27 09-06.webm'
    await writeFile(join(folder, name), film)
    await makeSeekable(join(folder, name), new AbortController().signal)
    await writeFile(join(folder, openName), film)
    await writeFile(join(folder, 'notes.txt'), 'mine')
    await writeFile(join(folder, '2026-99-99 09-05 x.webm'), '')
    await utimes(join(folder, '2026-99-99 09-05 x.webm'), 1_000, 1_000)
    const listed = await films.list()
    expect(listed).toEqual([
      {
        name: '2026-99-99 09-05 x.webm',
        begunAtMs: 1_000_000,
        durationMs: null,
        bytes: 0,
        isBeingRecorded: false,
      },
      {
        name: openName,
        begunAtMs: new Date(2026, 10, 27, 9, 6).getTime(),
        durationMs: null,
        bytes: film.length,
        isBeingRecorded: true,
      },
      {
        name,
        begunAtMs: new Date(2026, 10, 27, 9, 5).getTime(),
        durationMs: 2_100,
        bytes: (await stat(join(folder, name))).size,
        isBeingRecorded: false,
      },
    ])
    expect(filmsSchema.safeParse(listed).success).toBe(true)
  })

  test('reads lengths of whatever file there is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.nat({ max: 120 }), (noise, at) => {
        const spoilt = Uint8Array.from(film)
        spoilt.set(noise.subarray(0, spoilt.length - at), at)
        expect(readDurationMs(spoilt)).toBeNull()
      }),
    )
  })
})

describe('deleting', () => {
  beforeEach(async () => {
    await mkdir(folder)
    await writeFile(join(folder, name), 'x')
  })

  test('a film is gone for good, with what was being made of it', async () => {
    await writeFile(join(folder, `${name}.part`), 'half')
    expect(await films.delete(name)).toBe('deleted')
    expect(await readdir(folder)).toEqual([])
    expect(dropped).toEqual([name])
    expect(await films.delete(name)).toBe('deleted')
  })

  test('not while it is being recorded', async () => {
    openName = name
    expect(await films.delete(name)).toBe('beingRecorded')
    expect(await readdir(folder)).toEqual([name])
  })

  test('nothing but films of ours', async () => {
    await writeFile(join(around, '2026-11-27 09-05 x.webm'), '')
    await writeFile(join(folder, 'notes.txt'), 'mine')
    for (const other of ['../2026-11-27 09-05 x.webm', 'notes.txt', '..\\2026-11-27 09-05 x.webm', '.']) {
      await films.delete(other)
    }
    expect(await readdir(around)).toEqual(['2026-11-27 09-05 x.webm', 'Studyhall'])
    expect((await readdir(folder)).toSorted()).toEqual([name, 'notes.txt'])
  })

  test.skipIf(process.platform === 'win32')('a link is left, and what it leads to', async () => {
    const target = join(around, 'thesis.txt')
    await writeFile(target, 'mine')
    await symlink(target, join(folder, '2026-11-27 09-06 link.webm'))
    await films.delete('2026-11-27 09-06 link.webm')
    expect(await readFile(target, 'utf8')).toBe('mine')
    expect(await readdir(folder)).toHaveLength(2)
  })
})
