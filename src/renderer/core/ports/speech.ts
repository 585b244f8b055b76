/** How loud others are. */
export interface SpeechPort {
  /**
   * Calls back five times a second, less often behind a hidden window, with everybody whose voice comes: 0 is silence and 1 full
   * scale. Costs nothing while nobody listens; the answer ends it.
   */
  subscribe(listener: (levels: ReadonlyMap<string, number>) => void): () => void
}
