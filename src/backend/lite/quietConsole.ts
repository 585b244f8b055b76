import { AsyncLocalStorage } from 'node:async_hooks'

type Listener = (line: string) => void

const listeners = new AsyncLocalStorage<Listener>()
const methods = ['log', 'info', 'warn', 'error', 'debug'] as const
let installed = false

/** What may be said of something that a library prints: the kind of error and its code, never its text or data. */
function describe(values: readonly unknown[]): string {
  for (const value of values) {
    if (value instanceof Error) {
      const code = 'code' in value && typeof value.code === 'string' ? ` ${value.code}` : ''
      return `${value.name}${code}`
    }
  }
  return 'a message'
}

function install(): void {
  for (const method of methods) {
    const original = console[method].bind(console)
    console[method] = (...values: unknown[]): void => {
      const listener = listeners.getStore()
      if (listener === undefined) original(...values)
      else listener(describe(values))
    }
  }
  installed = true
}

/**
 * Runs `work` with everything that it, or what it awaits, prints on the console replaced by a short description.
 *
 * SECURITY: the API library prints whole database errors, with the values of the failing row.
 */
export function withQuietConsole<T>(listener: Listener, work: () => T): T {
  if (!installed) install()
  return listeners.run(listener, work)
}
