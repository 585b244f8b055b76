import { iceServersResponseSchema } from '../../../shared/api/connection.ts'
import type { IceServer } from '../../../shared/api/rooms.ts'
import { err, type Result } from '../../../shared/result.ts'
import type {
  ConnectionTestPort,
  Measurement,
  RelayReading,
  Transfer,
  TransferFailure,
} from '../../core/ports/connectionTest.ts'
import { measureDownload } from './measureDownload.ts'
import { measureRelay } from './measureRelay.ts'
import { measureUpload } from './measureUpload.ts'

export interface ConnectionTestPortOptions {
  /** The Supabase project's address, without a slash at the end. */
  readonly url: string
  readonly publishableKey: string
  /** The person's bearer token at this moment; null when nobody is signed in. */
  readonly accessToken: () => Promise<string | null>
}

/** Measures by the API's own routes, and by a connection to ourselves through the relay. */
export function createConnectionTestPort(options: ConnectionTestPortOptions): ConnectionTestPort {
  const address = `${options.url}/functions/v1/api`
  const headers = async (): Promise<Record<string, string> | null> => {
    const token = await options.accessToken()
    return token === null ? null : { apikey: options.publishableKey, authorization: `Bearer ${token}` }
  }

  const signedIn =
    (
      transfer: (headers: Record<string, string>, signal: AbortSignal) => Promise<TransferOutcome>,
    ): ((signal: AbortSignal) => Promise<TransferOutcome>) =>
    async (signal) => {
      const known = await headers()
      return known === null ? err('unreachable') : await transfer(known, signal)
    }

  async function listRelays(signal: AbortSignal): Promise<readonly IceServer[]> {
    const known = await headers()
    if (known === null) return []
    const response = await fetch(`${address}/ice-servers`, { headers: known, signal })
    const { iceServers } = iceServersResponseSchema.parse(await response.json())
    return iceServers.filter(({ urls }) => urls.some((url) => /^turns?:/i.test(url)))
  }

  return {
    download: (limits) =>
      begin(signedIn((known, signal) => measureDownload({ address, headers: known, limits, signal }))),
    upload: (limits) =>
      begin(signedIn((known, signal) => measureUpload({ address, headers: known, limits, signal }))),
    relay: ({ timeMs }) =>
      begin<RelayReading>(async (signal) => {
        try {
          const iceServers = await listRelays(signal)
          return iceServers.length === 0
            ? { kind: 'none' }
            : await measureRelay({ iceServers, timeMs, signal })
        } catch {
          return { kind: 'none' }
        }
      }),
  }
}

type TransferOutcome = Result<Transfer, TransferFailure>

function begin<T>(work: (signal: AbortSignal) => Promise<T>): Measurement<T> {
  const controller = new AbortController()
  return { outcome: work(controller.signal), cancel: () => controller.abort() }
}
