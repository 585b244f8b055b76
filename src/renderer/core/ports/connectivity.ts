/** `online`: a network is there again. `changed`: it may be another. `resumed`: the computer, or the app alone, has slept. */
export type ConnectivityChange = 'online' | 'changed' | 'resumed'

/** What the system tells of the network, and the clock of sleep. */
export interface ConnectivityPort {
  /** Calls back after each change; the answer ends it. */
  watch(listener: (change: ConnectivityChange) => void): () => void
}
