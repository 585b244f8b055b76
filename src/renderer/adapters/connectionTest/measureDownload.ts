import { err, ok, type Result } from '../../../shared/result.ts'
import type { Transfer, TransferFailure, TransferProgress } from '../../core/ports/connectionTest.ts'

/** What a transfer needs to know. `address` is the API's; `signal` gives it up. */
export interface TransferRequest {
  readonly address: string
  readonly headers: Readonly<Record<string, string>>
  readonly limits: { readonly bytes: number; readonly timeMs: number }
  readonly signal: AbortSignal
}

/** Downloads until the bytes or the time are up, whichever is first, and tells how far it came. Never rejects. */
export async function measureDownload(request: TransferRequest): Promise<Result<Transfer, TransferFailure>> {
  const { limits, signal } = request
  const beganAtMs = performance.now()
  const sinceMs = () => performance.now() - beganAtMs
  const deadline = AbortSignal.timeout(limits.timeMs)
  const progress: TransferProgress[] = []
  let answerMs: number | null = null
  let bytes = 0
  try {
    const response = await fetch(`${request.address}/bandwidth?bytes=${limits.bytes}`, {
      headers: request.headers,
      cache: 'no-store',
      signal: AbortSignal.any([signal, deadline]),
    })
    if (response.status === 429) return err('rate_limited')
    if (!response.ok || response.body === null) return err('unreachable')
    answerMs = sinceMs()
    const reader = response.body.getReader()
    for (;;) {
      const chunk = await reader.read()
      if (chunk.done) break
      bytes += chunk.value.length
      progress.push({ atMs: sinceMs(), bytes })
    }
  } catch {
    if (signal.aborted) return err('cancelled')
    // Without an answer before the deadline the line is that slow, or nobody is there.
    if (!deadline.aborted || answerMs === null) return err('unreachable')
    progress.push({ atMs: sinceMs(), bytes })
  }
  return ok({ answerMs, progress })
}
