/*
 * What a person does outside the app's window: keys that are the system's to hand on, say. Here nothing of it can reach the app by
 * itself, so whoever started it with a channel (a test) says it in their place: `child.send({ outside: NAME, detail })`.
 */

const handlers = new Map<string, (detail: unknown) => void>()

/** Runs `handle` for everything that is said under the name. */
export function onOutside(name: string, handle: (detail: unknown) => void): void {
  if (handlers.size === 0 && process.connected) {
    process.on('message', (message) => {
      if (typeof message !== 'object' || message === null || !('outside' in message)) return
      handlers.get(String(message.outside))?.('detail' in message ? message.detail : undefined)
    })
  }
  handlers.set(name, handle)
}
