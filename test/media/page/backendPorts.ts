import { createSession } from '../../../src/renderer/app/createSession.ts'
import { systemClock } from '../../../src/renderer/app/systemClock.ts'
import type { Account } from '../../../src/renderer/core/ports/auth.ts'
import type { SessionStorage } from '../../../src/renderer/core/ports/desktop.ts'
import type { RecordingPort } from '../../../src/renderer/core/ports/recording.ts'
import type { RoomChannelPort } from '../../../src/renderer/core/ports/roomChannel.ts'
import type { RoomTimerPort } from '../../../src/renderer/core/ports/roomTimer.ts'
import type { RoomsPort } from '../../../src/renderer/core/ports/rooms.ts'
import { allScreens } from './screens.ts'

/** Where a test's backend is. */
export interface BackendAddress {
  readonly url: string
  readonly publishableKey: string
}

/** Signs somebody up on a real backend; their ports are the app's own. */
export async function createBackendPorts(
  address: BackendAddress,
  displayName: string,
): Promise<{
  readonly account: Account
  readonly rooms: RoomsPort
  readonly channel: RoomChannelPort
  readonly recording: RecordingPort
  readonly timer: RoomTimerPort
}> {
  const session = createSession({
    address: { mode: 'embedded', invitePage: null, ...address },
    desktop: createDesktopStandIn(),
    clock: systemClock,
    connectivity: { watch: () => () => undefined },
    rememberName: () => undefined,
    lobbyChoices: { current: () => null, remember: () => undefined },
  })
  const entry = await session.account.enterWithName(displayName)
  if (!entry.ok) throw new Error(entry.error.message)
  return {
    account: entry.value,
    rooms: session.rooms,
    channel: session.channel,
    recording: session.recording,
    timer: session.timer,
  }
}

/** Keeps the session for as long as the page lives; a session asks nothing else of the desktop. */
function createDesktopStandIn(): Parameters<typeof createSession>[0]['desktop'] {
  const kept = new Map<string, string>()
  const session: SessionStorage = {
    load: (key) => Promise.resolve(kept.get(key) ?? null),
    save: (key, value) => Promise.resolve(void kept.set(key, value)),
    clear: (key) => Promise.resolve(void kept.delete(key)),
  }
  return {
    session,
    watchBackend: () => () => undefined,
    retryBackend: () => Promise.resolve(),
    watchSettings: () => () => undefined,
    updateSettings: () => Promise.resolve(true),
    openOutside: () => Promise.resolve(false),
    openPrivacyPage: () => Promise.resolve(false),
    watchUpdates: () => () => undefined,
    checkForUpdates: () => undefined,
    restartToUpdate: () => undefined,
    reportCall: () => undefined,
    screens: allScreens,
    reportLobbyShown: () => undefined,
  }
}
