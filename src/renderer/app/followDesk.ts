import type { i18n } from 'i18next'
import { createReminders } from '../controllers/reminders/createReminders.ts'
import { createTrayController } from '../controllers/tray/createTrayController.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { DeskPort, NotebookPort } from '../core/ports/desk.ts'
import { describeReminder, describeTray } from '../messages/describeTray.ts'
import type { AppServices } from '../stores/services.ts'
import type { Session } from './createSession.ts'
import type { SessionHolder } from './createSessionHolder.ts'
import { createTraySource } from './createTraySource.ts'
import { runTrayCommand } from './runTrayCommand.ts'

/** Everything that goes on outside the page: the tray, reminders, what is chosen in either, links. The answer ends it. */
export function followDesk(deps: {
  readonly desk: DeskPort
  readonly services: AppServices
  readonly sessions: SessionHolder<Session>
  readonly clock: Clock
  readonly told: NotebookPort
  readonly messages: i18n
  /** Null where there are none to show. */
  readonly openSettings: (() => void) | null
}): () => void {
  const { desk, services, sessions, clock, messages } = deps
  const recurring = () => sessions.store.getState().session?.recurring ?? null

  const source = createTraySource({
    services,
    sessions,
    hasSettings: deps.openSettings !== null,
  })
  const tray = createTrayController({
    desk,
    clock,
    read: () => source.read(),
    describe: (plan, nowMs) => describeTray(messages.t, messages.language, plan, nowMs),
  })
  const reminders = createReminders({
    clock,
    told: deps.told,
    rooms: () => recurring()?.store.getState().rooms ?? [],
    leadMs() {
      const chosen = services.settings.store.getState().settings?.notifications
      return chosen?.upcomingRooms === true ? chosen.minutesBefore * 60_000 : null
    },
    currentId: () => source.read().call?.recurringRoomId ?? null,
    notify: (room) =>
      desk.notify(describeReminder(messages.t, messages.language, room, clock.now(), services.platform)),
  })
  source.watch(() => {
    tray.look()
    reminders.look()
  })

  const sayAnew = () => tray.look()
  messages.on('languageChanged', sayAnew)
  const ends = [
    () => messages.off('languageChanged', sayAnew),
    services.settings.store.subscribe(() => reminders.look()),
    desk.watchCommands(
      (command) => void runTrayCommand({ services, recurring, openSettings: deps.openSettings }, command),
    ),
    desk.watchLinks((link) => services.requests.ask({ kind: 'link', link })),
    () => tray.dispose(),
    () => reminders.dispose(),
    () => source.dispose(),
  ]
  return () => {
    for (const end of ends) end()
  }
}
