import type { App, WebContents } from 'electron'
import { isAppUrl } from '../appProtocol/appOrigin.ts'

/**
 * SECURITY: whatever page comes up in whatever way stays where it is: it may reload the app's own pages and nothing else,
 * opens no windows and attaches no webviews. Nothing in it is led anywhere either: the app has no frames.
 */
export function guardContents(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => {
      if (!isAppUrl(event.url)) event.preventDefault()
    })
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || !isAppUrl(event.url)) event.preventDefault()
    })
    contents.on('will-redirect', (event) => {
      if (!isAppUrl(event.url)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}
