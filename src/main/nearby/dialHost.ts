import { createHash } from 'node:crypto'
import { connect, type TLSSocket } from 'node:tls'
import { err, ok, type Result } from '../../shared/result.ts'

/** One place at which a host may be. */
export interface HostPlace {
  readonly address: string
  readonly port: number
  /** SHA-256 of the certificate (DER) as base64url. */
  readonly fingerprint: string
}

export type DialFailure = 'unreachable' | 'wrong_certificate'

const DIAL_TIMEOUT_MS = 5_000

/**
 * Opens a TLS connection to the host of a code. Nothing of ours is written to it before it is handed over.
 *
 * SECURITY: no authority vouches for a computer on a local network, so the chain is not looked at: the one certificate that the code
 * names is taken, and no other. It is compared when the handshake has proved that the other side has its key, and the connection is
 * destroyed where it differs, so that a stranger gets neither the guest's key nor a byte of what the page sends.
 */
export function dialHost(place: HostPlace, signal?: AbortSignal): Promise<Result<TLSSocket, DialFailure>> {
  return new Promise((resolve) => {
    const socket = connect({
      host: place.address,
      port: place.port,
      minVersion: 'TLSv1.3',
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: false,
      // A resumed session would not show the certificate again.
      session: undefined,
    })
    const fail = (failure: DialFailure): void => {
      signal?.removeEventListener('abort', giveUp)
      socket.destroy()
      resolve(err(failure))
    }
    const giveUp = (): void => fail('unreachable')
    socket.setTimeout(DIAL_TIMEOUT_MS, giveUp)
    socket.once('error', giveUp)
    socket.once('close', giveUp)
    signal?.addEventListener('abort', giveUp, { once: true })
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate()
      const seen =
        certificate === undefined ? '' : createHash('sha256').update(certificate.raw).digest('base64url')
      if (seen !== place.fingerprint) return fail('wrong_certificate')
      socket.setTimeout(0)
      socket.off('timeout', giveUp)
      socket.off('error', giveUp)
      socket.off('close', giveUp)
      signal?.removeEventListener('abort', giveUp)
      socket.setNoDelay(true)
      resolve(ok(socket))
    })
  })
}

/**
 * The first of a host's addresses that answers with its certificate, all tried at once: a code names those of several networks, and
 * the guest may be on any.
 */
export async function findHost(places: readonly HostPlace[]): Promise<Result<HostPlace, DialFailure>> {
  const ending = new AbortController()
  const failures: DialFailure[] = []
  const tries = places.map(async (place) => {
    const dialled = await dialHost(place, ending.signal)
    if (dialled.ok) {
      dialled.value.destroy()
      return place
    }
    failures.push(dialled.error)
    throw new Error(dialled.error)
  })
  try {
    return ok(await Promise.any(tries))
  } catch {
    return err(failures.includes('wrong_certificate') ? 'wrong_certificate' : 'unreachable')
  } finally {
    ending.abort()
  }
}
