import { createServer, type Socket } from 'node:net'
import type { DialFailure, HostPlace } from './dialHost.ts'
import { dialHost } from './dialHost.ts'

/** A port of this computer's loopback that leads to a host, each connection by TLS of its own. */
export interface Tunnel {
  readonly port: number
  readonly close: () => void
}

/** What a page opens at a time is a handful. */
const CONNECTIONS_MAX_COUNT = 128

/**
 * Listens on the loopback interface, so that the page talks to `http://127.0.0.1` as it does to the embedded backend: nothing in its
 * policy has to allow more, and where certificates are judged is one place that is the same on every runtime. Bytes are passed on as
 * they are. What other programs of this computer send here is of no use to them: the host wants the guest's key with each request, which
 * the page has and they do not.
 */
export async function openTunnel(
  place: () => HostPlace,
  onFailure: (failure: DialFailure) => void,
): Promise<Tunnel> {
  const open = new Set<Socket>()
  const ending = new AbortController()
  const serve = async (local: Socket): Promise<void> => {
    open.add(local)
    local.setNoDelay(true)
    local.on('close', () => open.delete(local))
    local.on('error', () => local.destroy())
    // Held back until the other side has proved who it is.
    local.pause()
    const dialled = await dialHost(place(), ending.signal)
    if (!dialled.ok) {
      local.destroy()
      if (!ending.signal.aborted) onFailure(dialled.error)
      return
    }
    const remote = dialled.value
    if (local.destroyed) return void remote.destroy()
    remote.on('error', () => remote.destroy())
    remote.on('close', () => local.destroy())
    local.on('close', () => remote.destroy())
    local.pipe(remote)
    remote.pipe(local)
    return undefined
  }
  const server = createServer({ pauseOnConnect: true }, (local) => void serve(local))
  server.maxConnections = CONNECTIONS_MAX_COUNT
  const port = await new Promise<number>((resolve, reject) => {
    server.on('error', reject)
    // SECURITY: the loopback interface only; no other machine can use it.
    server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, () => {
      const address = server.address()
      if (typeof address === 'object' && address !== null) resolve(address.port)
    })
  })
  return {
    port,
    close: () => {
      ending.abort()
      server.close()
      for (const local of open) local.destroy()
    },
  }
}
