import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { recordingNameSchema } from '../../shared/ipc/recordings.ts'
import { createRecordings, type Recordings } from './createRecordings.ts'
import { nameRecording } from './nameRecording.ts'

const now = new Date(2026, 10, 27, 9, 5)
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
let folder = ''
let finished: string[]
let fire: () => void
let recordings: Recordings

type Options = Parameters<typeof createRecordings>[0]
const create = (more: Partial<Options> = {}): Recordings =>
  createRecordings({
    folder: () => join(folder, 'Studyhall'),
    now: () => now,
    finisher: {
      handleBegun: (name) => finished.push(`begun ${name}`),
      finish: (name) => finished.push(`finish ${name}`),
      drop(name) {
        finished.push(`drop ${name}`)
        return Promise.resolve()
      },
    },
    setTimer(callback) {
      fire = callback
      return () => (fire = () => undefined)
    },
    log: silent,
    ...more,
  })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-recordings-'))
  finished = []
  fire = () => undefined
  recordings = create()
  recordings.handleCall(true)
})
afterEach(async () => {
  await recordings.dispose()
  await rm(folder, { recursive: true, force: true })
})

async function begin(roomName = 'Thesis hour'): Promise<{ fileId: string; name: string; path: string }> {
  const opened = await recordings.open({ roomName })
  if (opened.kind !== 'opened') throw new Error(opened.failure)
  return { ...opened, path: join(folder, 'Studyhall', opened.name) }
}

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values)

describe('the file of a recording', () => {
  test('has each piece as soon as it is written, in order, for its owner alone', async () => {
    const { fileId, path, name } = await begin()
    expect(name).toBe('2026-11-27 09-05 Thesis hour.webm')
    expect(await recordings.append({ fileId, bytes: bytes(1, 2) })).toBeNull()
    // Before it is closed: this is what a crash leaves.
    expect([...(await readFile(path))]).toEqual([1, 2])
    await Promise.all([
      recordings.append({ fileId, bytes: bytes(3) }),
      recordings.append({ fileId, bytes: bytes(4) }),
      recordings.close(fileId),
    ])
    expect([...(await readFile(path))]).toEqual([1, 2, 3, 4])
    expect(await recordings.append({ fileId, bytes: bytes(5) })).toBe('closed')
    expect(await recordings.close(fileId)).toBe(false)
    expect(finished).toEqual([`begun ${name}`, `finish ${name}`])
  })

  test('never takes the place of another one, and the one before is closed', async () => {
    const first = await begin()
    await recordings.append({ fileId: first.fileId, bytes: bytes(1) })
    const second = await begin()
    expect(second.name).toBe('2026-11-27 09-05 Thesis hour (2).webm')
    expect(await recordings.append({ fileId: first.fileId, bytes: bytes(2) })).toBe('closed')
    expect([...(await readFile(first.path))]).toEqual([1])
  })

  test('is gone where nothing was written', async () => {
    const { fileId, name } = await begin()
    expect(recordings.isOpen(name)).toBe(true)
    expect(await recordings.close(fileId)).toBe(false)
    expect(recordings.isOpen(name)).toBe(false)
    expect(finished).toEqual([`begun ${name}`, `drop ${name}`])
    expect(await readdir(join(folder, 'Studyhall'))).toEqual([])
  })

  test('there is none outside a call, and what a page has left open is closed after it', async () => {
    const { fileId } = await begin()
    await recordings.append({ fileId, bytes: bytes(1) })
    recordings.handleCall(false)
    // The last piece may still come.
    expect(await recordings.append({ fileId, bytes: bytes(2) })).toBeNull()
    fire()
    expect(await recordings.append({ fileId, bytes: bytes(3) })).toBe('closed')
    expect(await recordings.open({ roomName: 'x' })).toEqual({ kind: 'failed', failure: 'closed' })
  })

  test.each([
    ['ENOSPC', 'diskFull'],
    ['EDQUOT', 'diskFull'],
    ['EIO', 'notWritable'],
  ])('a disk that answers %s: %s', async (code, failure) => {
    recordings = create({
      async openNew(path) {
        const handle = await open(path, 'wx')
        handle.appendFile = () => Promise.reject(Object.assign(new Error(code), { code }))
        return handle
      },
    })
    recordings.handleCall(true)
    const { fileId } = await begin()
    expect(await recordings.append({ fileId, bytes: bytes(1) })).toBe(failure)
  })

  test('a folder that cannot be made is said', async () => {
    await writeFile(join(folder, 'Studyhall'), 'a file')
    expect(await recordings.open({ roomName: 'x' })).toEqual({ kind: 'failed', failure: 'notWritable' })
  })
})

describe('its name', () => {
  test.each([
    ['../../etc/passwd', '2026-11-27 09-05 -..-etc-passwd.webm'],
    ['a/b\\c:d*e?f"g<h>i|j', '2026-11-27 09-05 a-b-c-d-e-f-g-h-i-j.webm'],
    ['Physik · Übung 学习', '2026-11-27 09-05 Physik · Übung 学习.webm'],
    ['exam\u202Emov.exe', '2026-11-27 09-05 exam-mov.exe.webm'],
    ['line\nbreak\u0000', '2026-11-27 09-05 line-break-.webm'],
    [' . ', '2026-11-27 09-05.webm'],
    ['CON', '2026-11-27 09-05 CON.webm'],
  ])('%j', (room, name) => {
    expect(nameRecording(room, now, 0)).toBe(name)
    expect(recordingNameSchema.safeParse(name).success).toBe(true)
  })

  test('is one that a file system takes, of the longest room, too', () => {
    const name = nameRecording('🧠'.repeat(80), now, 3)
    expect(Buffer.byteLength(name)).toBeLessThan(255)
  })
})

test.skipIf(process.platform === 'win32')('is for its owner alone', async () => {
  const { path } = await begin()
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})
