import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'

/** How loud everybody comes out of a page: of each voice 0 to 1, and 0 where it is muted. The louder one where a voice has two elements. */
async function readLoudness(page: Page): Promise<number> {
  return page.evaluate(() => {
    const voices = [...document.querySelectorAll('audio')].filter(({ srcObject }) => srcObject !== null)
    return Math.max(0, ...voices.map(({ muted, volume }) => (muted ? 0 : volume)))
  })
}

/** Waits until the loudest voice in a page comes out like this, 0 to 1. */
export async function expectLoudness(page: Page, loudness: number): Promise<void> {
  await expect.poll(() => readLoudness(page), { message: 'how loud people are' }).toBeCloseTo(loudness, 2)
}
