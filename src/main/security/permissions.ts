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
  /** A screen was chosen in the app a moment ago, and has not been given yet. */
  readonly isScreenChosen?: boolean
}

/** SECURITY: denied by default; only the app's own main frame is granted anything. */
export function isPermissionGranted(question: PermissionQuestion): boolean {
  const { permission, requester, isMainFrame } = question
  const isOurs = isMainFrame && requester !== undefined && isAppUrl(requester)
  // There are older ways to ask for a screen than the one that `screenShare` answers.
  if (permission === 'display-capture') return isOurs && question.isScreenChosen === true
  return isOurs && allowed.has(permission)
}
