import { iceServersResponseSchema } from '../../../shared/api/connection.ts'
import { type MediaServerAnswer, mediaServerResponseSchema } from '../../../shared/api/media.ts'
import type { ConnectionTestPort } from '../../core/ports/connectionTest.ts'
import type { ServerReading, ServerStatusPort } from '../../core/ports/serverStatus.ts'
import { type RequestOptions, sendRequest } from './sendRequest.ts'

/** Long enough for a way through TCP, which is what a strict network leaves. */
const RELAY_TEST_MS = 4_000

const readings = {
  none: 'notSetUp',
  answers: 'works',
  silent: 'silent',
} as const satisfies Record<MediaServerAnswer['mediaServer'], ServerReading>

/** Asks the API what is set up, and tries the relay. */
export function createServerStatusPort(
  options: RequestOptions,
  relayTest: Pick<ConnectionTestPort, 'relay'>,
): ServerStatusPort {
  const api = `${options.url}/functions/v1/api`
  const ask = <T>(path: string, schema: Parameters<typeof sendRequest<T>>[1]['schema']) =>
    sendRequest(options, { method: 'GET', address: `${api}${path}`, schema, body: undefined, headers: {} })
  return {
    async mediaServer() {
      const answer = await ask('/media-server', mediaServerResponseSchema)
      if (!answer.ok) return 'unknown'
      return readings[answer.value.mediaServer]
    },
    async relay() {
      const answer = await ask('/ice-servers', iceServersResponseSchema)
      if (!answer.ok) return 'unknown'
      const hasRelay = answer.value.iceServers.some(({ urls }) => urls.some((url) => /^turns?:/i.test(url)))
      if (!hasRelay) return 'notSetUp'
      const reading = await relayTest.relay({ timeMs: RELAY_TEST_MS }).outcome
      return reading.kind === 'works' ? 'works' : reading.kind === 'blocked' ? 'silent' : 'unknown'
    },
  }
}
