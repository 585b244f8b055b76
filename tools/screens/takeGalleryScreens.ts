import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { createServer } from 'vite'
import { shoot, VIEWPORT } from './shoot.ts'

/** What a short run of the app does not come to: failures, things that need other systems, lists that grow for weeks. */
const states = [
  'boot-failed',
  'lobby-recurring',
  'lobby-recent',
  'lobby-check-in',
  'lobby-offline',
  'lobby-failed',
  'week',
  'edit-recurring',
  'members-recurring',
  'link-room',
  'host-on',
  'join-host',
  'prejoin-listening',
  'prejoin-slow',
  'prejoin-denied',
  'prejoin-refused',
  'prejoin-waiting',
  'settings-profile-picture',
  'settings-quality',
  'settings-appearance',
  'settings-notifications',
  'settings-shortcuts',
  'settings-privacy',
  'settings-backend',
  'settings-storage',
  'settings-about',
  'share-picker',
  'recording-late',
  'room-access',
  'report',
  'room-door',
  'room-for-you',
  'room-speaker',
  'room-reconnecting',
  'room-busy',
  'room-twenty',
  'ended-closed',
  'ended-lost',
  'components',
] as const

/** Takes them from the gallery, which draws the app's own screens with made-up contents. */
export async function takeGalleryScreens(browser: Browser): Promise<void> {
  const gallery = await createServer({
    configFile: fileURLToPath(new URL('../../src/renderer/gallery/vite.config.ts', import.meta.url)),
    logLevel: 'warn',
  })
  await gallery.listen()
  try {
    const page = await browser.newPage({ viewport: VIEWPORT })
    const [url = ''] = gallery.resolvedUrls?.local ?? []
    const open = async (name: string, language = 'en') => {
      // The name as a query, too: another page each time, and not a place on the same one.
      const query = `?${name}-${language}#${name}?language=${language}`
      await page.goto(`${url}gallery.html${query}`, { waitUntil: 'networkidle' })
      await page.locator('#root > *').first().waitFor()
      await page.evaluate(() => document.fonts.ready.then(() => undefined))
    }
    for (const name of states) {
      await open(name)
      await shoot(page, name)
    }
    // On an evening like many: one's own rooms, and whom one knows in the others.
    await open('lobby-evening')
    await shoot(page, 'lobby')
    for (const language of ['de', 'ar']) {
      await open('lobby-evening', language)
      await shoot(page, `lobby-${language}`, ['light'])
    }
    await page.close()
  } finally {
    await gallery.close()
  }
}
