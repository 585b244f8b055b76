import type { Session } from 'electron'
import { isPermissionGranted } from './permissions.ts'

/**
 * Answers every permission question of the session, both when a page asks and when Chromium only checks. USB, HID and serial devices are
 * asked for by themselves, and none is given.
 */
export function guardSession(
  session: Pick<
    Session,
    'setPermissionCheckHandler' | 'setPermissionRequestHandler' | 'setDevicePermissionHandler'
  >,
  isScreenChosen: () => boolean,
): void {
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    isPermissionGranted({
      permission,
      requester: requestingOrigin === '' ? details.requestingUrl : requestingOrigin,
      isMainFrame: details.isMainFrame,
      isScreenChosen: isScreenChosen(),
    }),
  )
  session.setDevicePermissionHandler(() => false)
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(
      isPermissionGranted({
        permission,
        requester: details.requestingUrl,
        isMainFrame: details.isMainFrame,
        isScreenChosen: isScreenChosen(),
      }),
    )
  })
}
