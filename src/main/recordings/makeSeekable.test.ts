import { appendFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeWebm } from '../../../test/support/webm.ts'
import { createFinisher, type Finisher } from './createFinisher.ts'
import { makeSeekable } from './makeSeekable.ts'
import { openUnfinishedFilms, type UnfinishedFilms } from './unfinishedFilms.ts'

const name = '2026-11-27 09-05 Thesis hour.webm'
const never = new AbortController().signal
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const film = writeWebm([
  {
    atMs: 0,
    blocks: Array.from({ length: 60 }, (_, index) => ({
      track: 2 as const,
      atMs: index * 50,
      isKey: index % 20 === 0,
      bytes: 50_000,
    })),
  },
])

/** Does something when the film is read for the `count`th time. */
function atLook(count: number, action: () => void, signal = new AbortController().signal): AbortSignal {
  let looks = 0
  signal.throwIfAborted = () => {
    looks += 1
    if (looks === count) action()
    if (signal.aborted) throw signal.reason
  }
  return signal
}

let folder = ''
let path = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-films-'))
  path = join(folder, name)
  await writeFile(path, film, { mode: 0o600 })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const isWhole = async (file = path): Promise<boolean> => !film.equals(await readFile(file))

describe('a film that is made seekable', () => {
  test('takes the place of the old one, with its date and for its owner alone, and only once', async () => {
    await utimes(path, new Date(1_000_000_000_000), new Date(1_000_000_000_000))
    expect(await makeSeekable(path, never)).toEqual({ ok: true, value: undefined })
    expect(await isWhole()).toBe(true)
    expect(await readdir(folder)).toEqual([name])
    const { mtimeMs, mode } = await stat(path)
    expect(mtimeMs).toBe(1_000_000_000_000)
    // Windows knows no such rights.
    expect(process.platform === 'win32' ? 0o600 : mode & 0o777).toBe(0o600)
    expect(await makeSeekable(path, never)).toMatchObject({ ok: false, error: { kind: 'seekable' } })
  })

  test('what a killed app has left of the new one is in nobody’s way', async () => {
    await writeFile(`${path}.part`, 'half')
    expect(await makeSeekable(path, never)).toMatchObject({ ok: true })
    expect(await readdir(folder)).toEqual([name])
  })

  test('is left as it was where it is to stop, and nothing half made stays', async () => {
    // In the midst of copying: the film is looked through first.
    const controller = new AbortController()
    const signal = atLook(20, () => controller.abort(), controller.signal)
    expect(await makeSeekable(path, signal)).toMatchObject({ ok: false, error: { kind: 'stopped' } })
    expect(await isWhole()).toBe(false)
    expect(await readdir(folder)).toEqual([name])
  })

  test('is left as it was where somebody writes to it meanwhile', async () => {
    const signal = atLook(20, () => appendFileSync(path, 'more'))
    expect(await makeSeekable(path, signal)).toMatchObject({ ok: false, error: { kind: 'changed' } })
    expect(await readFile(path)).toEqual(Buffer.concat([film, Buffer.from('more')]))
  })

  test('is left as it was where the disk has no room for a second one', async () => {
    const freeBytes = () => Promise.resolve(film.length)
    expect(await makeSeekable(path, never, freeBytes)).toMatchObject({ error: { kind: 'noSpace' } })
    expect(await isWhole()).toBe(false)
    expect(await readdir(folder)).toEqual([name])
  })

  test('is none where there is none', async () => {
    expect(await makeSeekable(join(folder, 'other.webm'), never)).toMatchObject({ error: { kind: 'gone' } })
    expect(await readdir(folder)).toEqual([name])
  })

  test.skipIf(process.platform === 'win32')('is never what a link leads to', async () => {
    const link = join(folder, 'link.webm')
    await symlink(path, link)
    expect(await makeSeekable(link, never)).toMatchObject({ ok: false, error: { kind: 'disk' } })
    expect(await isWhole()).toBe(false)
  })
})

describe('finishing', () => {
  let unfinished: UnfinishedFilms
  let finisher: Finisher
  const start = (): void => {
    unfinished = openUnfinishedFilms(folder, silent)
    finisher = createFinisher({ folder: () => folder, unfinished, log: silent })
  }
  /** One step of the many that a film takes. */
  const untilBegun = () => new Promise((resolve) => setImmediate(resolve))
  const untilDone = () => expect.poll(() => unfinished.names(), { timeout: 20_000 }).toEqual([])

  beforeEach(start)
  afterEach(() => finisher.dispose())

  test('a film that was closed is made whole, one after the other', async () => {
    const second = '2026-11-27 09-05 Thesis hour (2).webm'
    await writeFile(join(folder, second), film)
    for (const one of [name, second]) finisher.handleBegun(one)
    for (const one of [name, second, name]) finisher.finish(one)
    await untilDone()
    expect(await isWhole()).toBe(true)
    expect(await isWhole(join(folder, second))).toBe(true)
    expect((await readdir(folder)).toSorted()).toEqual([second, name].toSorted())
  })

  test('one that a crash has left is made whole at the next start', async () => {
    finisher.handleBegun(name)
    start()
    expect(unfinished.names()).toEqual([name])
    finisher.resume()
    await untilDone()
    expect(await isWhole()).toBe(true)
    start()
    expect(unfinished.names()).toEqual([])
  })

  test('quitting gives up what is under way, and the next start does it', async () => {
    const second = '2026-11-27 09-05 Thesis hour (2).webm'
    await writeFile(join(folder, second), film)
    for (const one of [name, second]) finisher.handleBegun(one)
    for (const one of [name, second]) finisher.finish(one)
    await untilBegun()
    await finisher.dispose()
    expect(unfinished.names()).toEqual([name, second])
    expect(await isWhole()).toBe(false)
    expect((await readdir(folder)).toSorted()).toEqual(
      [second, name, 'unfinished-recordings.json'].toSorted(),
    )
    start()
    finisher.resume()
    await untilDone()
    expect(await isWhole()).toBe(true)
    expect(await isWhole(join(folder, second))).toBe(true)
  })

  test('one that is dropped while it waits is passed over', async () => {
    const others = [2, 3].map((count) => `2026-11-27 09-05 Thesis hour (${count}).webm`)
    for (const other of others) await writeFile(join(folder, other), film)
    for (const one of [name, ...others]) finisher.handleBegun(one)
    for (const one of [name, ...others]) finisher.finish(one)
    await finisher.drop(others[0] ?? '')
    await untilDone()
    expect(await Promise.all(others.map((other) => isWhole(join(folder, other))))).toEqual([false, true])
  })

  test('one that is dropped while it is made whole is not touched any more', async () => {
    finisher.handleBegun(name)
    finisher.finish(name)
    await untilBegun()
    await finisher.drop(name)
    expect(await isWhole()).toBe(false)
    await rm(path)
    await finisher.dispose()
    expect(await readdir(folder)).toEqual([])
  })

  test('one that is gone, or no film, is forgotten, and a list that is none of ours is not read', async () => {
    await writeFile(path, 'no film')
    finisher.handleBegun(name)
    finisher.handleBegun('2026-11-27 09-06.webm')
    finisher.resume()
    await untilDone()
    await writeFile(join(folder, 'unfinished-recordings.json'), '{"version":1,"names":["../x.webm"]}')
    start()
    expect(unfinished.names()).toEqual([])
  })
})
