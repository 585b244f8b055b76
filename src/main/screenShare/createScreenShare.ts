import type { DesktopCapturer, Session, Shell, SystemPreferences } from 'electron'
import type { ShareChoice, ShareSource, SharingMeans } from '../../shared/ipc/screenShare.ts'
import { isAppUrl } from '../appProtocol/appOrigin.ts'
import type { MainLog } from '../log/mainLog.ts'
import type { AskedMemory } from './askedMemory.ts'
import {
  selectOffersSound,
  selectPermission,
  selectPicker,
  type SharingSystem,
} from './selectSharingMeans.ts'

/** Small enough to be made anew every other second, large enough to tell two documents apart on a dense screen. */
const THUMBNAIL_SIZE = { width: 320, height: 180 } as const
/** A choice is used at once; one that was not is forgotten. */
const CHOICE_TTL_MS = 10_000
/** SECURITY: an address of the system's own settings, beside those of `openPrivacyPage`; nobody can say another. */
const MAC_PERMISSIONS = 'x-apple.systempreferences:com.apple.preference.security?Privacy_ScreenCapture'

type Handler = NonNullable<Parameters<Session['setDisplayMediaRequestHandler']>[0]>
/** What is asked, as far as it is looked at. */
export type DisplayRequest = Pick<Parameters<Handler>[0], 'videoRequested'> & {
  readonly frame: { readonly url: string; readonly parent: unknown } | null
}
export type DisplayGrant = Parameters<Handler>[1]

export interface ScreenShareDependencies {
  readonly system: SharingSystem
  readonly capturer: Pick<DesktopCapturer, 'getSources'>
  readonly preferences: Pick<SystemPreferences, 'getMediaAccessStatus'>
  readonly shell: Pick<Shell, 'openExternal'>
  readonly asked: AskedMemory
  readonly nowMs: () => number
  readonly log: MainLog
}

/** What of the computer's screens may be seen, and by whom. */
export interface ScreenShare {
  means(): SharingMeans
  /** Null: there the system alone may ask. Rejects when the system does not give the list. */
  sources(): Promise<readonly ShareSource[] | null>
  /** False: nothing like that was listed. */
  choose(choice: ShareChoice): boolean
  /** False: there is no such page on this system. Rejects when it could not be opened. */
  openPermissions(): Promise<boolean>
  /** Something was chosen a moment ago, and has not been given yet. */
  isChosen(): boolean
  /** Answers a page that asks for a screen. */
  handleRequest(request: DisplayRequest, grant: DisplayGrant): void
  /** Has the session ask here. */
  install(session: Pick<Session, 'setDisplayMediaRequestHandler'>): void
}

/**
 * SECURITY: a screen is given to the app's own page alone, after a choice that was made in the app from what was listed, once for each
 * choice. Where the system asks (macOS 15), that is the choice.
 */
export function createScreenShare(deps: ScreenShareDependencies): ScreenShare {
  const { system, log } = deps
  const picker = selectPicker(system)
  const offersSound = selectOffersSound(system)
  let listed: readonly Pick<ShareSource, 'id' | 'name'>[] = []
  /** What macOS was about to do when this run first asked it for the screen; null: it has not been asked yet. */
  let asking: 'firstTime' | 'again' | null = null
  let chosen: (ShareChoice & { readonly name: string; readonly atMs: number }) | null = null

  /**
   * macOS shows its question, and lists the app in its settings, only once somebody has looked at the screen. So one look is taken in
   * each run: its question comes with the first of all, and after that it leads to nothing but the list.
   */
  function readPermission(): SharingMeans['permission'] {
    const permission = selectPermission(system.platform, () =>
      deps.preferences.getMediaAccessStatus('screen'),
    )
    if (picker !== 'inApp' || permission === 'granted' || permission === 'restricted') return permission
    asking ??= ask()
    return asking === 'firstTime' ? 'notAsked' : 'denied'
  }

  function ask(): 'firstTime' | 'again' {
    const isFirst = !deps.asked.wasAsked()
    deps.asked.remember()
    // It is refused as long as there is no permission; what counts is what macOS shows meanwhile.
    deps.capturer
      .getSources({ types: ['screen'], thumbnailSize: { width: 0, height: 0 } })
      .catch(() => undefined)
    return isFirst ? 'firstTime' : 'again'
  }

  function selectChoice(): typeof chosen {
    return chosen !== null && deps.nowMs() - chosen.atMs <= CHOICE_TTL_MS ? chosen : null
  }

  /** Used up by being asked for. */
  function takeChoice(): typeof chosen {
    const choice = selectChoice()
    chosen = null
    return choice
  }

  function handleRequest(request: DisplayRequest, grant: DisplayGrant): void {
    const choice = takeChoice()
    const { frame } = request
    const isOurs = frame !== null && frame.parent === null && isAppUrl(frame.url)
    if (!isOurs || !request.videoRequested || choice === null) {
      log.warn(`screen share: refused: ${isOurs ? 'nothing was chosen' : "not the app's own page"}`)
      grant(null)
      return
    }
    grant({
      video: { id: choice.sourceId, name: choice.name },
      ...(choice.withSound && offersSound ? { audio: 'loopback' as const } : {}),
    })
  }

  return {
    means: () => ({
      picker,
      offersSound,
      permission: readPermission(),
    }),
    async sources() {
      if (picker !== 'inApp') return null
      const found = await deps.capturer.getSources({
        types: ['screen', 'window'],
        thumbnailSize: THUMBNAIL_SIZE,
        fetchWindowIcons: true,
      })
      const sources = found.map(toSource)
      listed = sources
      return sources
    },
    choose(choice) {
      const known = listed.find(({ id }) => id === choice.sourceId)
      if (picker === 'inApp' && known === undefined) return false
      // The portal asks when the capture begins, whatever the id; only the kind is looked at.
      const sourceId =
        picker === 'inApp'
          ? choice.sourceId
          : choice.sourceId.startsWith('screen:')
            ? 'screen:0:0'
            : 'window:0:0'
      chosen = { ...choice, sourceId, name: known?.name ?? '', atMs: deps.nowMs() }
      return true
    },
    async openPermissions() {
      if (system.platform !== 'darwin') return false
      await deps.shell.openExternal(MAC_PERMISSIONS)
      return true
    },
    isChosen: () => selectChoice() !== null,
    handleRequest,
    install(session) {
      session.setDisplayMediaRequestHandler(handleRequest, { useSystemPicker: picker === 'systemPicker' })
    },
  }
}

function toSource(source: Electron.DesktopCapturerSource): ShareSource {
  const { id, name, thumbnail, appIcon } = source
  // Null where the window's program has none, though Electron's types do not say so.
  const icon = appIcon as Electron.NativeImage | null
  return {
    id,
    name,
    kind: id.startsWith('screen:') ? 'screen' : 'window',
    // A window that is minimised has no picture.
    thumbnail: thumbnail.isEmpty() ? '' : thumbnail.toDataURL(),
    appIcon: icon === null || icon.isEmpty() ? '' : icon.toDataURL(),
  }
}
