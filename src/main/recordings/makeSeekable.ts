import { constants } from 'node:fs'
import { type FileHandle, open, rename, rm, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { err, ok, type Result } from '../../shared/result.ts'
import { type FilePart, planSeekableWebm } from './webm/planSeekableWebm.ts'
import { scanWebm, type ScanFailure } from './webm/scanWebm.ts'

const COPY_BYTES = 256 * 1024
/** Stays free on the disk beside the two films. */
const SPARE_BYTES = 64 * 1024 * 1024

/**
 * Why a film is as it was. `gone`: there is none; `noSpace`: the disk has no room for a second one; `stopped`: it was to end; `changed`: it
 * was written to meanwhile; `disk`: what the system says, as where a player holds the file open on Windows.
 */
export type SeekableFailure = {
  readonly kind: ScanFailure | 'gone' | 'noSpace' | 'stopped' | 'changed' | 'disk'
  readonly message: string
}

/** What is free for us on the disk that has this folder. A test puts a full one in its place. */
type FreeBytes = (folder: string) => Promise<number>

const readFreeBytes: FreeBytes = async (folder) => {
  const disk = await statfs(folder)
  return disk.bavail * disk.bsize
}

/** Where the new film is written, until it is whole. No name that a recording has. */
export const unfinishedPathOf = (path: string): string => `${path}.part`

/**
 * Gives the film at `path` its length and an index, so that players show how long it is and jump in it. It is read twice and never held
 * in memory; the new one takes the place of the old one, with its date, once it is whole and on the disk. Never rejects.
 */
export async function makeSeekable(
  path: string,
  signal: AbortSignal,
  freeBytes: FreeBytes = readFreeBytes,
): Promise<Result<undefined, SeekableFailure>> {
  let film: FileHandle | null = null
  try {
    // SECURITY: a link would have another file read and replaced.
    film = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
    return await rewrite(path, film, signal, freeBytes)
  } catch (error) {
    return err(failureOf(error))
  } finally {
    await film?.close().catch(() => undefined)
    await rm(unfinishedPathOf(path), { force: true }).catch(() => undefined)
  }
}

async function rewrite(
  path: string,
  film: FileHandle,
  signal: AbortSignal,
  freeBytes: FreeBytes,
): Promise<Result<undefined, SeekableFailure>> {
  const before = await film.stat()
  if ((await freeBytes(dirname(path))) < before.size + SPARE_BYTES) {
    return err({ kind: 'noSpace', message: 'The disk has no room for a copy.' })
  }
  const read = async (at: number, length: number): Promise<Uint8Array> => {
    signal.throwIfAborted()
    const bytes = new Uint8Array(Math.max(0, Math.min(length, before.size - at)))
    const { bytesRead } = await film.read(bytes, 0, bytes.length, at)
    return bytes.subarray(0, bytesRead)
  }
  const layout = await scanWebm(read, before.size)
  if (!layout.ok) return err({ kind: layout.error, message: 'It is left as it was recorded.' })

  const unfinished = unfinishedPathOf(path)
  await rm(unfinished, { force: true })
  const target = await open(unfinished, 'wx', 0o600)
  try {
    for (const part of planSeekableWebm(layout.value)) await writePart(target, part, read)
    await target.utimes(before.atime, before.mtime)
    await target.sync()
  } finally {
    await target.close()
  }
  const after = await stat(path)
  if (after.size !== before.size || after.mtimeMs !== before.mtimeMs || after.ino !== before.ino) {
    return err({ kind: 'changed', message: 'It was written to meanwhile.' })
  }
  signal.throwIfAborted()
  // Windows replaces no file that is open.
  await film.close()
  await rename(unfinished, path)
  return ok(undefined)
}

async function writePart(
  target: FileHandle,
  part: FilePart,
  read: (at: number, length: number) => Promise<Uint8Array>,
): Promise<void> {
  if (part.kind === 'bytes') return await target.appendFile(part.bytes)
  for (let at = part.from; at < part.to;) {
    const bytes = await read(at, Math.min(COPY_BYTES, part.to - at))
    if (bytes.length === 0) throw new Error('the film became shorter')
    await target.appendFile(bytes)
    at += bytes.length
  }
}

function failureOf(error: unknown): SeekableFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof Error && error.name === 'AbortError') return { kind: 'stopped', message }
  if (code === 'ENOENT') return { kind: 'gone', message }
  return { kind: code === 'ENOSPC' || code === 'EDQUOT' ? 'noSpace' : 'disk', message }
}
