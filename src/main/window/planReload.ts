/** Why the process of a page has ended, as Electron's `render-process-gone` says it. */
export type GoneReason = Electron.RenderProcessGoneDetails['reason']

/**
 * What becomes of a window whose page is gone. `leave`: the window is going, too. `reload`: the page is loaded anew. `tell`: that has not
 * helped, or cannot; the person is told and asked.
 */
export type ReloadPlan = 'leave' | 'reload' | 'tell'

/** More than this, and whatever ends the page ends it each time. */
export const RELOADS_MAX_COUNT = 3
export const RELOADS_WINDOW_MS = 60_000

/** A page that is gone is loaded anew, at most three times a minute. */
export function planReload(gone: {
  readonly reason: GoneReason
  /** The app is quitting, or the window is closed. */
  readonly isEnding: boolean
  /** When the page was loaded anew before, on the clock of `nowMs`. */
  readonly reloadsAtMs: readonly number[]
  readonly nowMs: number
}): ReloadPlan {
  if (gone.isEnding) return 'leave'
  // Windows refused the program's own files: they are the same the next time.
  if (gone.reason === 'integrity-failure') return 'tell'
  return selectRecent(gone.reloadsAtMs, gone.nowMs).length < RELOADS_MAX_COUNT ? 'reload' : 'tell'
}

/** The reloads that still count. */
export function selectRecent(reloadsAtMs: readonly number[], nowMs: number): readonly number[] {
  return reloadsAtMs.filter((atMs) => nowMs - atMs < RELOADS_WINDOW_MS)
}
