import { request } from 'node:http'
import {
  NEARBY_ALIVE_INTERVAL_MS,
  NEARBY_EVENTS_PATH,
  NEARBY_PROTOCOL,
  type NearbyEvent,
  nearbyEventSchema,
} from '../../shared/nearby/nearbyProtocol.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type DialFailure, dialHost, type HostPlace } from './dialHost.ts'

export type ListenFailure = DialFailure | 'refused' | 'full' | 'newer' | 'not_studyhall'

export interface HostNews {
  readonly hostName: string
  readonly close: () => void
}

/** A host that says nothing for three times as long as it promises to is not there. */
const SILENCE_MS = 3 * NEARBY_ALIVE_INTERVAL_MS
const LINE_MAX_LENGTH = 4_096

/**
 * Opens the host's news and resolves with who hosts. `onEnd` is told once, afterwards: `stopped` when the host has said so, `lost` when the
 * connection ended without a word or fell silent. Not told after `close`. `onAddresses` is told where the host is by now, at once and whenever
 * that changes.
 */
export async function listenToHost(
  place: HostPlace,
  key: string,
  onEnd: (end: 'stopped' | 'lost') => void,
  onAddresses: (addresses: readonly string[]) => void = () => undefined,
): Promise<Result<HostNews, ListenFailure>> {
  const dialled = await dialHost(place)
  if (!dialled.ok) return dialled
  const socket = dialled.value
  socket.on('error', () => socket.destroy())
  return new Promise((resolve) => {
    let isOpen = false
    let isOver = false
    let hasStopped = false
    const finish = (failure: ListenFailure): void => {
      socket.destroy()
      if (isOver) return
      isOver = true
      if (isOpen) onEnd(hasStopped ? 'stopped' : 'lost')
      else resolve(err(failure))
    }
    const handle = (event: NearbyEvent): void => {
      switch (event.kind) {
        case 'hello': {
          if (event.protocol !== NEARBY_PROTOCOL) return finish('newer')
          isOpen = true
          const close = (): void => {
            isOver = true
            socket.destroy()
          }
          return resolve(ok({ hostName: event.hostName, close }))
        }
        case 'alive':
          return
        case 'addresses':
          if (isOpen && !isOver) onAddresses(event.addresses)
          return
        case 'stopping':
          hasStopped = true
          return finish('unreachable')
      }
    }
    socket.setTimeout(SILENCE_MS, () => finish('unreachable'))
    socket.on('close', () => finish('unreachable'))
    const asking = request({
      // The gateway answers to this name alone, whatever its address.
      host: '127.0.0.1',
      path: NEARBY_EVENTS_PATH,
      headers: { apikey: key, accept: 'application/x-ndjson' },
      createConnection: () => socket,
    })
    asking.on('error', () => finish('unreachable'))
    asking.on('response', (response) => {
      const { statusCode } = response
      if (statusCode !== 200) {
        response.resume()
        return finish(statusCode === 401 ? 'refused' : statusCode === 503 ? 'full' : 'not_studyhall')
      }
      const read = createLineReader(handle, () => finish('not_studyhall'))
      response.setEncoding('utf8').on('data', read)
      response.on('end', () => finish('unreachable'))
    })
    asking.end()
  })
}

/** Reads lines of events out of whatever pieces arrive; `onNonsense` where they are none. */
function createLineReader(
  onEvent: (event: NearbyEvent) => void,
  onNonsense: () => void,
): (text: string) => void {
  let rest = ''
  return (text) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > LINE_MAX_LENGTH) return onNonsense()
    for (const line of lines) {
      const event = parseEvent(line)
      if (event === null) return onNonsense()
      onEvent(event)
    }
  }
}

function parseEvent(line: string): NearbyEvent | null {
  try {
    return nearbyEventSchema.parse(JSON.parse(line))
  } catch {
    return null
  }
}
