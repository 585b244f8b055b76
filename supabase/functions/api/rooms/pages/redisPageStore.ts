import type { SharedPageStore } from './pageStore.ts'
import { createSharedPages } from './sharedPages.ts'
import type { RedisCommands } from './sharedPages.ts'

/** Longer than anybody waits for a look, who then goes on without; the connection may still come to be. */
const CONNECT_TIMEOUT_MS = 2_000
/** Commands that may wait for an answer at a time. */
const MAX_WAITING_COMMANDS = 1_000

type Connection = RedisCommands & { readonly close: () => void }

async function connect(url: string, onLost: () => void): Promise<Connection> {
  // Loaded only where it is used.
  const { createClient } = await import('@redis/client')
  const client = createClient({
    url,
    // What every Redis speaks.
    RESP: 2,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MAX_WAITING_COMMANDS,
    // Whoever guards the store decides when it is tried again.
    socket: { connectTimeout: CONNECT_TIMEOUT_MS, reconnectStrategy: false },
  })
  client.on('error', onLost)
  client.on('end', onLost)
  await client.connect()
  // A connection that waits for nothing is no reason for a process to stay.
  client.unref()
  return {
    run: (script, key, argument) => client.eval(script, { keys: [key], arguments: [argument] }),
    set: (key, text, lifeMs) => client.set(key, text, { expiration: { type: 'PX', value: lifeMs } }),
    increment: (key, lifeMs) => client.multi().incr(key).pExpire(key, lifeMs).exec(),
    close: () => client.destroy(),
  }
}

/** Keeps pages in a Redis, by its URL: `redis://`, or `rediss://` for TLS. Connects at its first use. */
export function createRedisPageStore(url: string, project: string): SharedPageStore {
  let connection: Promise<Connection> | null = null

  function open(): Promise<Connection> {
    const opened: Promise<Connection> = connect(url, () => {
      if (connection === opened) connection = null
    })
    return opened
  }

  return {
    ...createSharedPages(() => (connection ??= open()), project),
    disconnect() {
      const left = connection
      connection = null
      // One that never came to be, or is closed already, needs no closing.
      left?.then(({ close }) => close()).catch(() => {})
    },
  }
}
