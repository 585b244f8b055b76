import { err, ok, type Result } from '../../../shared/result.ts'
import type { Transfer, TransferFailure, TransferProgress } from '../../core/ports/connectionTest.ts'
import type { TransferRequest } from './measureDownload.ts'

/** As much randomness as `getRandomValues` gives at once. */
const CHUNK_BYTES = 65_536

/**
 * Uploads until the bytes or the time are up, whichever is first, and tells how far it came. By XMLHttpRequest, because `fetch` does
 * not tell how far an upload is. The last figure of one that went through is the server's answer: what the system has only
 * taken into its buffers does not count. Never rejects.
 */
export function measureUpload(request: TransferRequest): Promise<Result<Transfer, TransferFailure>> {
  const { limits, signal } = request
  return new Promise((resolve) => {
    const beganAtMs = performance.now()
    const sinceMs = () => performance.now() - beganAtMs
    const progress: TransferProgress[] = []
    const upload = new XMLHttpRequest()
    const giveUp = () => upload.abort()
    const end = (outcome: Result<Transfer, TransferFailure>) => {
      signal.removeEventListener('abort', giveUp)
      resolve(outcome)
    }
    const endEarly = () => {
      if (signal.aborted) return end(err('cancelled'))
      const last = progress.at(-1)
      // Not one report in all that time: nobody is there.
      if (last === undefined) return end(err('unreachable'))
      end(ok({ answerMs: null, progress: [...progress, { atMs: sinceMs(), bytes: last.bytes }] }))
    }
    upload.upload.addEventListener('progress', ({ loaded }) =>
      progress.push({ atMs: sinceMs(), bytes: loaded }),
    )
    upload.addEventListener('load', () => {
      if (upload.status === 429) return end(err('rate_limited'))
      if (upload.status !== 200) return end(err('unreachable'))
      end(ok({ answerMs: null, progress: [{ atMs: sinceMs(), bytes: limits.bytes }] }))
    })
    upload.addEventListener('error', () => end(err('unreachable')))
    upload.addEventListener('timeout', endEarly)
    upload.addEventListener('abort', endEarly)
    upload.open('POST', `${request.address}/bandwidth`)
    for (const [name, value] of Object.entries(request.headers)) upload.setRequestHeader(name, value)
    upload.setRequestHeader('content-type', 'application/octet-stream')
    upload.timeout = limits.timeMs
    signal.addEventListener('abort', giveUp, { once: true })
    upload.send(createNoise(limits.bytes))
  })
}

/** Bytes that nothing on the way can compress. */
function createNoise(bytes: number): Uint8Array<ArrayBuffer> {
  const noise = new Uint8Array(bytes)
  for (let offset = 0; offset < bytes; offset += CHUNK_BYTES) {
    crypto.getRandomValues(noise.subarray(offset, Math.min(bytes, offset + CHUNK_BYTES)))
  }
  return noise
}
