import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { err, ok, type Result } from '../../src/shared/result.ts'

/** Why a file could not be had. `why`: words that end a sentence. */
export type DownloadError =
  | { readonly kind: 'unreachable'; readonly url: string; readonly why: string }
  | { readonly kind: 'refused'; readonly url: string; readonly status: number }
  | { readonly kind: 'wrong_sum'; readonly url: string; readonly expected: string; readonly actual: string }

/** An archive of about 20 MB over a slow line. */
const timeLimitMs = 10 * 60_000

const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** The bytes at an address, whoever sent them. */
export async function download(url: string): Promise<Result<Uint8Array, DownloadError>> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(timeLimitMs) })
    if (!answer.ok) {
      await answer.body?.cancel()
      return err({ kind: 'refused', url, status: answer.status })
    }
    return ok(await answer.bytes())
  } catch (error) {
    return err({ kind: 'unreachable', url, why: causeOf(error) })
  }
}

/** `fetch` hides what happened in the cause of what it throws. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'of no known cause'
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}

/**
 * The bytes with that SHA-256 sum: from the folder of archives, where they are kept by their sum, or else from the address.
 * SECURITY: nothing is kept or handed on that has another sum, and what was kept is summed again whenever it is used.
 */
export async function downloadVerified(
  url: string,
  sum: string,
  cacheFolder: string,
): Promise<Result<Uint8Array, DownloadError>> {
  const kept = join(cacheFolder, sum)
  const earlier = await readFile(kept).catch(() => null)
  if (earlier !== null && sumOf(earlier) === sum) return ok(earlier)
  const downloaded = await download(url)
  if (!downloaded.ok) return downloaded
  const actual = sumOf(downloaded.value)
  if (actual !== sum) return err({ kind: 'wrong_sum', url, expected: sum, actual })
  await writeWhole(kept, downloaded.value, 0o644)
  return downloaded
}

/** Writes a file that is there completely or not at all, whoever writes it at the same time. */
export async function writeWhole(file: string, bytes: Uint8Array | string, mode: number): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true })
  const unfinished = `${file}.${process.pid}`
  try {
    await writeFile(unfinished, bytes, { mode })
    await rename(unfinished, file)
  } finally {
    await rm(unfinished, { force: true })
  }
}
