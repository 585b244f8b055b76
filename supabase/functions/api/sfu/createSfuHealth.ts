import type { CallAsService } from '../serviceCall.ts'

/** For how long the same news are not told again: good ones change nothing, and of bad ones each second counts once. */
const UNTOLD_FOR_MS = { answers: 5_000, silent: 1_000 } as const

/**
 * Tells the database whether the media server answers, for where nobody but the API can reach it. What counts as gone the
 * database decides. Never rejects: what could not be told is told with the next look.
 * @param now milliseconds since 1970
 */
export function createSfuHealth(
  callAsService: CallAsService,
  now: () => number,
): (answers: boolean) => Promise<void> {
  let told: { readonly answers: boolean; readonly atMs: number } | null = null
  return async (answers) => {
    const untoldForMs = answers ? UNTOLD_FOR_MS.answers : UNTOLD_FOR_MS.silent
    if (told?.answers === answers && now() - told.atMs < untoldForMs) return
    const telling = { answers, atMs: now() }
    told = telling
    const noted = await callAsService('note_sfu_health', { p_answers: answers })
    if (!noted.ok && told === telling) told = null
  }
}
