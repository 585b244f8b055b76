import type { TrayCommand } from '../../shared/tray/trayView.ts'
import { defaultSettings } from '../../shared/settings/settings.ts'
import type { RecurringController } from '../controllers/recurring/createRecurringController.ts'
import type { AppServices } from '../stores/services.ts'

interface Dependencies {
  readonly services: Pick<AppServices, 'activeCall' | 'enterRoom' | 'navigation' | 'requests' | 'settings'>
  /** Null until the backend has answered for the first time. */
  readonly recurring: () => RecurringController | null
  readonly openSettings: (() => void) | null
}

/** Does what was chosen in the tray or on a notification. What cannot be done any more shows in the window. */
export async function runTrayCommand(
  { services, recurring, openSettings }: Dependencies,
  command: TrayCommand,
): Promise<void> {
  const { activeCall, requests } = services
  const call = activeCall.store.getState().active?.call
  switch (command.kind) {
    case 'setMuted':
      return call?.setMuted(command.muted)
    case 'setCameraOn':
      return call?.setCameraOn(command.on)
    case 'leave':
      return call?.leave()
    case 'newRoom':
      return requests.ask({ kind: 'newRoom' })
    case 'joinRecurring':
      return joinRecurring(services, recurring(), command.recurringRoomId)
    case 'settings':
      return openSettings?.()
    case 'show':
    case 'quit':
    // The main process has brought the window to the front, or is on its way out.
  }
}

async function joinRecurring(
  services: Dependencies['services'],
  recurring: RecurringController | null,
  id: string,
): Promise<void> {
  const room = recurring?.store.getState().rooms.find((candidate) => candidate.id === id)
  if (recurring === null || room === undefined) return
  const snapshot = services.activeCall.store.getState().active?.call.store.getState()
  if (snapshot?.kind === 'live' && snapshot.room.recurringRoomId === id) return
  const opened = await recurring.open(id)
  if (!opened.ok) {
    services.requests.ask({ kind: 'notOpened', roomName: room.name, failure: opened.error })
    return
  }
  const { quickJoin } = services.settings.store.getState().settings ?? defaultSettings
  await services.enterRoom({ roomId: opened.value.roomId, name: room.name, hasPassword: false, quickJoin })
}
