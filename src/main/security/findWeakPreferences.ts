import type { WebContents, WebPreferences } from 'electron'

/** What a window's preferences must say, and what Electron takes when they say nothing. */
const required: readonly {
  readonly name: keyof WebPreferences
  readonly value: boolean
  readonly unsaid: boolean
}[] = [
  { name: 'sandbox', value: true, unsaid: true },
  { name: 'contextIsolation', value: true, unsaid: true },
  { name: 'nodeIntegration', value: false, unsaid: false },
  { name: 'nodeIntegrationInWorker', value: false, unsaid: false },
  { name: 'nodeIntegrationInSubFrames', value: false, unsaid: false },
  { name: 'webSecurity', value: true, unsaid: true },
  { name: 'allowRunningInsecureContent', value: false, unsaid: false },
  { name: 'experimentalFeatures', value: false, unsaid: false },
  { name: 'webviewTag', value: false, unsaid: false },
  { name: 'navigateOnDragDrop', value: false, unsaid: false },
]

/**
 * SECURITY: the names of those preferences by which a page could reach more than the app gives it. Ours are read back from
 * the window once it is there, because what counts is what Electron made of them.
 */
export function findWeakPreferences(preferences: WebPreferences): readonly string[] {
  const weak = required
    .filter(({ name, value, unsaid }) => (preferences[name] ?? unsaid) !== value)
    .map(({ name }) => name)
  const hasBlinkFeatures = (preferences.enableBlinkFeatures ?? '') !== ''
  return hasBlinkFeatures ? [...weak, 'enableBlinkFeatures'] : weak
}

/**
 * Why a window with these preferences must not be used; null: it may. Those that cannot be read back are as good as weak in an installed
 * app, whose Electron is known to tell them; elsewhere the runtime may be another one.
 */
export function refusePreferences(preferences: WebPreferences | null, isPackaged: boolean): string | null {
  if (preferences === null) return isPackaged ? 'the window’s preferences could not be read back' : null
  const weak = findWeakPreferences(preferences)
  return weak.length === 0 ? null : `the window’s preferences are not safe: ${weak.join(', ')}`
}

/**
 * What Electron made of the preferences; null when it does not tell. The method is the one that Electron's own code reads them
 * by, and not among its declarations, so that it may go away.
 */
export function readPreferences(contents: WebContents): WebPreferences | null {
  const read: unknown = Reflect.get(contents, 'getLastWebPreferences')
  const preferences: unknown = typeof read === 'function' ? Reflect.apply(read, contents, []) : null
  return isObject(preferences) ? preferences : null
}

function isObject(value: unknown): value is WebPreferences {
  return typeof value === 'object' && value !== null
}
