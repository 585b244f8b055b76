/** A socket that is not open by then is given up: a lost SYN is sent again after 1, 3, 7 and 15 s, another try comes sooner. */
const CONNECT_PATIENCE_MS = 3_000

/** Sockets that have not been closed, for `abandonSockets`. */
const live = new Set<ImpatientSocket>()
/** How many were opened so far, by host. */
const opened = new Map<string, number>()

/**
 * A WebSocket that waits for nobody: neither to be opened, nor for the other side's farewell. Over a path that is gone, both take a
 * browser many seconds; whoever closes this one finds it closed at once.
 */
export class ImpatientSocket extends WebSocket {
  #isAbandoned = false

  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols)
    live.add(this)
    const { host } = new URL(this.url)
    opened.set(host, (opened.get(host) ?? 0) + 1)
    const patience = setTimeout(() => {
      if (this.readyState === WebSocket.CONNECTING) this.abandon()
    }, CONNECT_PATIENCE_MS)
    this.addEventListener('open', () => clearTimeout(patience))
    this.addEventListener('close', () => {
      clearTimeout(patience)
      live.delete(this)
    })
  }

  override get readyState(): WebSocket['readyState'] {
    return this.#isAbandoned ? WebSocket.CLOSED : super.readyState
  }

  override get bufferedAmount(): number {
    return this.#isAbandoned ? 0 : super.bufferedAmount
  }

  override close(code?: number, reason?: string): void {
    this.#isAbandoned = true
    live.delete(this)
    super.close(code, reason)
  }

  /** Ends as by a broken connection, and says so at once. */
  abandon(): void {
    if (this.#isAbandoned) return
    this.close()
    // The browser's own event may come much later; whoever heard this one does not listen any more.
    this.dispatchEvent(new CloseEvent('close', { code: 1006, wasClean: false }))
  }
}

/** How many sockets to the host of `url` were opened so far: another number, another socket. */
export function countSocketsTo(url: string): number {
  return opened.get(new URL(url).host) ?? 0
}

/** Ends every socket that is not closed, as by a broken connection. */
export function abandonSockets(): void {
  for (const socket of live) socket.abandon()
}
