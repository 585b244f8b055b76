import type { Page } from '@playwright/test'
import { type PlayedFilm, playFilm } from '../../support/playFilm.ts'

/** Plays a film to its end in a page, as any player would that gets it from the disk. */
export async function playFile(page: Page, film: Buffer): Promise<PlayedFilm> {
  await using blob = await page.evaluateHandle((base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0)
    return new Blob([bytes], { type: 'video/webm' })
  }, film.toString('base64'))
  return await page.evaluate(playFilm, blob)
}
