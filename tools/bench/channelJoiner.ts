import { z } from 'zod'

/** Below what the server lets one socket join at once, before it paces. */
const JOINS_A_SOCKET = 50

/** Joins private Realtime channels one after the other, on a new socket now and then. */
export interface ChannelJoiner {
  /** The reply to joining a topic, without what names the attempt. */
  join(topic: string): Promise<unknown>
  close(): void
}

const frameSchema = z.object({ event: z.string(), ref: z.string().nullish(), payload: z.unknown() })

/** @param token of whoever joins */
export function createChannelJoiner(
  backend: { readonly url: string; readonly publishableKey: string },
  token: string,
): ChannelJoiner {
  const address = `${backend.url.replace(/^http/, 'ws')}/realtime/v1/websocket?apikey=${backend.publishableKey}&vsn=1.0.0`
  let socket: WebSocket | null = null
  let joins = 0

  async function open(): Promise<WebSocket> {
    const opened = new WebSocket(address)
    await new Promise((resolve, reject) => {
      opened.addEventListener('open', resolve, { once: true })
      opened.addEventListener('error', reject, { once: true })
    })
    return opened
  }

  return {
    async join(topic) {
      if (joins % JOINS_A_SOCKET === 0) {
        socket?.close()
        socket = await open()
      }
      joins += 1
      const ref = String(joins)
      const using = socket
      if (using === null) throw new Error('no socket is open')
      return await new Promise((resolve) => {
        const hear = ({ data }: MessageEvent<string>): void => {
          const frame = frameSchema.parse(JSON.parse(data))
          if (frame.event !== 'phx_reply' || frame.ref !== ref) return
          using.removeEventListener('message', hear)
          resolve(JSON.parse(JSON.stringify(frame.payload).replaceAll(topic, '{topic}')))
        }
        using.addEventListener('message', hear)
        const payload = { config: { private: true }, access_token: token }
        using.send(
          JSON.stringify({ topic: `realtime:${topic}`, event: 'phx_join', payload, ref, join_ref: ref }),
        )
      })
    },
    close: () => socket?.close(),
  }
}
