import { connect } from 'node:net'
import { z } from 'zod'
import type { Endpoint } from '../lock/endpointFile.ts'

const healthSchema = z.object({ runId: z.string(), status: z.literal('ready') })

/** Whether the very backend that published this endpoint answers there. */
export async function answers(endpoint: Endpoint, timeoutMs: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${endpoint.port}/health`, {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    })
    const health = healthSchema.safeParse(await response.json())
    return health.success && health.data.runId === endpoint.runId
  } catch {
    return false
  }
}

/**
 * Resolves when a connection to the port ends, which it does the moment its process does, or when `signal` aborts.
 * Nothing is sent, so the other side may also end it after a while: the caller looks again.
 */
export async function untilDisconnected(port: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    const stop = (): void => void socket.destroy()
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    // Its end is only noticed if what it sends is read.
    socket.resume()
    socket.on('error', () => {})
    socket.once('close', () => {
      signal.removeEventListener('abort', stop)
      resolve()
    })
  })
}
