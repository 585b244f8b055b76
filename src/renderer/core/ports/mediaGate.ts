/** Whether anything of ours may be sent at all. Closed until the room has said that it may be. */
export interface MediaGate {
  isClosed(): boolean
  /** Closes or opens it: what is on stays on here, and others get it or not. */
  setClosed(isClosed: boolean): void
  /** Calls back after each change; the answer ends it. */
  subscribe(listener: () => void): () => void
}
