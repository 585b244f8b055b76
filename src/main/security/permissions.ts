import { isAppUrl } from '../appProtocol/appOrigin.ts'

/**
 * What the app's own page may use; everything else is denied. `media` is camera and microphone, `speaker-selection` the
 * choice of loudspeaker, `clipboard-sanitized-write` copying an invite link.
 */
const allowed: ReadonlySet<string> = new Set([
  'media',
  'speaker-selection',
  'fullscreen',
  'clipboard-sanitized-write',
])

/** Who asks for what, as Electron's permission handlers tell it. */
export interface PermissionQuestion {
  readonly permission: string
  /** The URL or origin of the asking document; undefined when Electron does not know it. */
  readonly requester: string | undefined
  readonly isMainFrame: boolean
}

/** SECURITY: denied by default; only the app's own main frame is granted anything. */
export function isPermissionGranted(question: PermissionQuestion): boolean {
  const { permission, requester, isMainFrame } = question
  return allowed.has(permission) && isMainFrame && requester !== undefined && isAppUrl(requester)
}
