import type { WebPreferences } from 'electron'

/** SECURITY: the page has no Node, a world of its own beside the preload's, and Chromium's sandbox. */
export function webPreferences(preload: string): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: true,
    // A call goes on while the window is behind others, minimised or in the tray: timers keep their time, and nobody counts as away.
    backgroundThrottling: false,
  }
}
