import type { HonoRequest } from 'hono'
import { BANDWIDTH_TEST_MAX_BYTES } from '../../../../src/shared/limits.ts'

/** As much randomness as `getRandomValues` gives at once. */
const CHUNK_BYTES = 65_536

/** A response of so many bytes that no proxy can compress, made as they are read. */
export function createDownload(bytes: number): Response {
  let left = bytes
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = crypto.getRandomValues(new Uint8Array(Math.min(left, CHUNK_BYTES)))
      left -= chunk.length
      controller.enqueue(chunk)
      if (left === 0) controller.close()
    },
  })
  return new Response(stream, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(bytes),
      'content-encoding': 'identity',
      'cache-control': 'no-store, no-transform',
    },
  })
}

/** Reads a body to its end and keeps nothing of it; null when it is more than a test may send. `now` in milliseconds. */
export async function countUpload(
  request: HonoRequest,
  now: () => number,
): Promise<{ readonly bytes: number; readonly durationMs: number } | null> {
  const reader = request.raw.body?.getReader()
  let bytes = 0
  let startMs: number | null = null
  for (;;) {
    const chunk = await reader?.read()
    if (!chunk || chunk.done) break
    startMs ??= now()
    bytes += chunk.value.length
    if (bytes > BANDWIDTH_TEST_MAX_BYTES) {
      await reader?.cancel()
      return null
    }
  }
  return { bytes, durationMs: startMs === null ? 0 : Math.max(0, now() - startMs) }
}
