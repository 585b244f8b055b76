/** How much of the screen the window takes. */
export interface WindowSpacePort {
  /** A small strip above other windows, or as large as before. `isOnTop`: nothing covers it. Null: it could not be asked. Never rejects. */
  setCompact(isCompact: boolean): Promise<{ readonly isCompact: boolean; readonly isOnTop: boolean } | null>
  /** The whole screen, as far as the system lets it; answers whether it has it. Never rejects. */
  setFullScreen(isFullScreen: boolean): Promise<boolean>
  /** Calls back after each change, also by Escape; the answer ends it. */
  watchFullScreen(listener: (isFullScreen: boolean) => void): () => void
}
