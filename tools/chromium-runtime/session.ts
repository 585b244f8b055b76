import { EventEmitter } from 'node:events'
import type { BrowserContext } from 'playwright-core'
import { protocol } from './protocol.ts'
import type { RuntimeWebContents } from './webContents.ts'

type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0]
type DisplayHandler = Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0]
type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0]

/**
 * Chromium's permissions (as the Permissions API and CDP name them) with the question that Electron asks for each. The
 * answers are asked when a document is loaded and then hold for its origin; what is not granted is denied without a prompt.
 */
const permissionQuestions: readonly {
  readonly name: string
  readonly permission: string
  readonly mediaType?: 'audio' | 'video'
}[] = [
  { name: 'camera', permission: 'media', mediaType: 'video' },
  { name: 'microphone', permission: 'media', mediaType: 'audio' },
  { name: 'notifications', permission: 'notifications' },
  { name: 'clipboard-read', permission: 'clipboard-read' },
  { name: 'clipboard-write', permission: 'clipboard-sanitized-write' },
  { name: 'geolocation', permission: 'geolocation' },
  { name: 'storage-access', permission: 'storage-access' },
]

/** Electron's `session`, one for the app. */
export class RuntimeSession
  extends EventEmitter
  implements
    Pick<
      Electron.Session,
      | 'setPermissionCheckHandler'
      | 'setPermissionRequestHandler'
      | 'setDevicePermissionHandler'
      | 'setDisplayMediaRequestHandler'
    >
{
  readonly protocol = protocol
  #check: CheckHandler = null
  #request: RequestHandler = null
  #display: DisplayHandler = null

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#check = handler
  }

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#request = handler
  }

  /** Chromium gives no device without asking the person, which nobody is there for in its place. */
  setDevicePermissionHandler(): void {}

  /** `useSystemPicker` is for macOS alone, where it is not looked at either: Chromium has none to show. */
  setDisplayMediaRequestHandler(handler: DisplayHandler): void {
    this.#display = handler
  }

  /** What the app gives a page that asks for a screen; null: nothing. As in Electron, its permission is asked first. */
  async asksForDisplay(
    webContents: RuntimeWebContents,
    asked: { readonly video: boolean; readonly audio: boolean },
  ): Promise<Electron.Streams | null> {
    const { mainFrame } = webContents
    const question = { name: '', permission: 'display-capture' }
    const handler = this.#display
    if (handler === null || !(await this.asks(webContents, question, mainFrame.url))) return null
    return new Promise((resolve) => {
      const request = {
        frame: mainFrame as Electron.WebFrameMain,
        securityOrigin: mainFrame.origin,
        videoRequested: asked.video,
        audioRequested: asked.audio,
        userGesture: true,
      }
      handler(request, resolve)
    })
  }

  /** Asks both of the app's handlers, as Electron would in turn; Electron's default without handlers is to allow. */
  async asks(
    webContents: RuntimeWebContents,
    question: (typeof permissionQuestions)[number],
    requestingUrl: string,
  ): Promise<boolean> {
    const contents = webContents as unknown as Electron.WebContents
    const mediaType = question.mediaType ?? ('unknown' as const)
    const origin = new URL(requestingUrl).origin === 'null' ? requestingUrl : new URL(requestingUrl).origin
    const details = { requestingUrl, securityOrigin: origin, isMainFrame: true, mediaType }
    const permission = question.permission as Parameters<NonNullable<CheckHandler>>[1]
    if (this.#check?.(contents, permission, origin, details) === false) return false
    const handler = this.#request
    if (handler === null) return true
    return new Promise((resolve) => {
      const asked = question.permission as Parameters<NonNullable<RequestHandler>>[1]
      const request = { requestingUrl, securityOrigin: origin, isMainFrame: true }
      const mediaTypes = question.mediaType === undefined ? {} : { mediaTypes: [question.mediaType] }
      handler(contents, asked, resolve, { ...request, ...mediaTypes })
    })
  }
}

/** Electron's `session.defaultSession`. */
export const defaultSession = new RuntimeSession()

/** Gives the document's origin in Chromium what the app's handlers grant it, and denies it the rest. */
export async function applyPermissions(
  session: RuntimeSession,
  webContents: RuntimeWebContents,
  context: BrowserContext,
  document: { readonly appUrl: string; readonly browserUrl: string },
): Promise<void> {
  const granted: string[] = []
  for (const question of permissionQuestions) {
    if (await session.asks(webContents, question, document.appUrl)) granted.push(question.name)
  }
  await context.grantPermissions(granted, { origin: new URL(document.browserUrl).origin })
}
