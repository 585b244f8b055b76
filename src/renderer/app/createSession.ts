import { createConnectionTestPort } from '../adapters/connectionTest/createConnectionTestPort.ts'
import { createAuthPort } from '../adapters/supabase/createAuthPort.ts'
import { createLobbyFeedPort } from '../adapters/supabase/createLobbyFeedPort.ts'
import { createQualitySamplesPort } from '../adapters/supabase/createQualitySamplesPort.ts'
import { createRoomChannelPort } from '../adapters/supabase/createRoomChannelPort.ts'
import { createStudyPort } from '../adapters/supabase/createStudyPort.ts'
import type { StudyController } from '../controllers/contracts.ts'
import { createStudyController } from '../controllers/study/createStudyController.ts'
import { createProfileController } from '../controllers/profile/createProfileController.ts'
import { createRoomAccessController } from '../controllers/roomAccess/createRoomAccessController.ts'
import type { ProfileController, RoomAccessController } from '../controllers/contracts.ts'
import { createProfilePort } from '../adapters/supabase/createProfilePort.ts'
import { createRoomAccessPort } from '../adapters/supabase/createRoomAccessPort.ts'
import { createRoomSettingsPort } from '../adapters/supabase/createRoomSettingsPort.ts'
import { createAdmissionPort } from '../adapters/supabase/createAdmissionPort.ts'
import { createGesturesPort } from '../adapters/supabase/createGesturesPort.ts'
import { createModerationPort } from '../adapters/supabase/createModerationPort.ts'
import { createChatPort } from '../adapters/supabase/createChatPort.ts'
import { createRecordingPort } from '../adapters/supabase/createRecordingPort.ts'
import { createRoomTimerPort } from '../adapters/supabase/createRoomTimerPort.ts'
import { createRecurringRoomsPort } from '../adapters/supabase/createRecurringRoomsPort.ts'
import { createRoomsPort } from '../adapters/supabase/createRoomsPort.ts'
import { createServerStatusPort } from '../adapters/supabase/createServerStatusPort.ts'
import { keepRealtimeConnected } from '../adapters/supabase/keepRealtimeConnected.ts'
import {
  createSupabaseClient,
  isCutOff,
  reconnectDelayMs,
} from '../adapters/supabase/createSupabaseClient.ts'
import { sendLeaveOnExit } from '../adapters/supabase/sendLeaveOnExit.ts'
import { type AccountController, createAccountController } from '../controllers/account/accountController.ts'
import {
  createLobbyController,
  type LobbyChoicesPort,
  type LobbyController,
} from '../controllers/lobby/lobbyController.ts'
import {
  createServerStatus,
  type ServerStatusController,
} from '../controllers/serverStatus/createServerStatus.ts'
import {
  createRecurringController,
  type RecurringController,
} from '../controllers/recurring/createRecurringController.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { ConnectivityPort } from '../core/ports/connectivity.ts'
import type { ConnectionTestPort } from '../core/ports/connectionTest.ts'
import type { DesktopPort } from '../core/ports/desktop.ts'
import type { QualitySamplesPort } from '../core/ports/qualitySamples.ts'
import type { RoomChannelPort } from '../core/ports/roomChannel.ts'
import type { RoomSettingsPort } from '../core/ports/roomSettings.ts'
import type { AdmissionPort } from '../core/ports/admission.ts'
import type { GesturesPort } from '../core/ports/gestures.ts'
import type { ModerationPort } from '../core/ports/moderation.ts'
import type { ChatPort } from '../core/ports/chat.ts'
import type { RecordingPort } from '../core/ports/recording.ts'
import type { RoomTimerPort } from '../core/ports/roomTimer.ts'
import type { RoomsPort } from '../core/ports/rooms.ts'
import { isLoopbackHostname } from '../../shared/backend/transportSecurity.ts'
import { ok } from '../../shared/result.ts'
import type { WhereaboutsService } from '../stores/services.ts'
import { buildWebInvitation } from '../../shared/links/webInvitation.ts'

/** Everything that hangs on one backend: as long as its address stays, so does this. */
export interface Session {
  readonly account: AccountController
  readonly lobby: LobbyController
  readonly study: StudyController
  readonly recurring: RecurringController
  readonly whereabouts: WhereaboutsService
  readonly findInvitedRoom: RoomsPort['findInvited']
  readonly roomAccess: RoomAccessController
  readonly profile: ProfileController
  readonly rooms: RoomsPort
  readonly channel: RoomChannelPort
  /** Null: the backend is on this machine, and what goes through loopback says nothing of a network. */
  readonly connectionTest: ConnectionTestPort | null
  readonly samples: QualitySamplesPort
  readonly timer: RoomTimerPort
  readonly recording: RecordingPort
  readonly chat: ChatPort
  readonly moderation: ModerationPort
  readonly gestures: GesturesPort
  readonly admission: AdmissionPort
  readonly roomSettings: RoomSettingsPort
  readonly serverStatus: ServerStatusController
  /** Tells the backend, while the page goes away, that this stay is over. */
  leaveOnExit(stay: { readonly roomId: string; readonly connectionId: string }): void
  dispose(): void
}

/** A backend that answers. */
export interface SessionAddress {
  readonly mode: 'embedded' | 'hosted' | 'nearby'
  readonly url: string
  readonly publishableKey: string
  /** The page on a web server that invitations go over; null: the backend's own. */
  readonly invitePage: string | null
  /** Where the mode is `nearby`: whose rooms these are, and the way to their media server. */
  readonly host?: { readonly id: string; readonly livekitUrl: string | null } | null
}

/** Under which name the person's session there is kept. */
function placeOf({ mode, url, host }: SessionAddress): string {
  // The embedded backend's port may change from start to start, and so may that of the way to a host.
  if (mode === 'embedded') return 'embedded'
  // SECURITY: by the certificate that the host has proved to have, and not by anything that it says of itself.
  if (mode === 'nearby') return `nearby.${host?.id ?? ''}`
  return new URL(url).host
}

/** Wires the ports of one backend to what the screens use. */
export function createSession(deps: {
  readonly address: SessionAddress
  readonly desktop: DesktopPort
  readonly clock: Clock
  readonly connectivity: ConnectivityPort
  readonly rememberName: (displayName: string) => void
  readonly lobbyChoices: LobbyChoicesPort
}): Session {
  const { address, desktop } = deps
  const place = placeOf(address)
  const needsPassword = address.mode === 'hosted'
  const url = address.url.replace(/\/+$/u, '')
  const client = createSupabaseClient(
    { url, publishableKey: address.publishableKey, storageKey: `studyhall.session.${place}` },
    desktop.session,
  )
  let lastToken: string | null = null
  const accessToken = async () => {
    const { data } = await client.auth.getSession()
    lastToken = data.session?.access_token ?? null
    return lastToken
  }
  const keeper = keepRealtimeConnected(client, {
    isHidden: () => document.visibilityState === 'hidden',
    delayMs: (tries) => reconnectDelayMs(tries, isCutOff(url)),
  })
  const unwatch = deps.connectivity.watch((change) => {
    if (change === 'changed') keeper.check()
    else keeper.reconnect()
  })
  const { data: watching } = client.auth.onAuthStateChange((_event, session) => {
    lastToken = session?.access_token ?? null
  })
  const auth = createAuthPort({
    client,
    storage: desktop.session,
    identityKey: needsPassword ? null : `studyhall.identity.${place}`,
  })
  const api = {
    url,
    publishableKey: address.publishableKey,
    fetch: globalThis.fetch.bind(globalThis),
    accessToken,
  }
  const rooms = createRoomsPort({ ...api, sfuUrl: address.host?.livekitUrl ?? null })
  const connectionTest = createConnectionTestPort(api)
  const account = createAccountController({
    auth,
    needs: needsPassword ? 'password' : 'name',
    rememberName: deps.rememberName,
  })
  // What a person without Studyhall can open, too, as far as anybody else reaches this backend.
  const toInvitation = (link: string) =>
    buildWebInvitation(link, { backendUrl: url, page: address.invitePage }) ?? link
  const profile = createProfileController({
    port: createProfilePort(api),
    account: account.store,
    clock: deps.clock,
  })
  const recurring = createRecurringController({
    port: createRecurringRoomsPort(api),
    toInvitation,
    clock: deps.clock,
    account: account.store,
  })
  const lobby = createLobbyController({
    rooms,
    feed: createLobbyFeedPort(client),
    clock: deps.clock,
    choices: deps.lobbyChoices,
    newId: () => crypto.randomUUID(),
  })
  return {
    account,
    recurring,
    whereabouts: {
      async read() {
        const answer = await rooms.knownPeople()
        return answer.ok ? ok(answer.value.isShown) : answer
      },
      async choose(isShown) {
        const answer = await rooms.setWhereabouts(isShown)
        if (answer.ok) lobby.refreshAside()
        return answer
      },
    },
    findInvitedRoom: (inviteCode) => rooms.findInvited(inviteCode),
    profile,
    roomAccess: createRoomAccessController({ port: createRoomAccessPort(api), rooms, toInvitation }),
    rooms,
    lobby,
    study: createStudyController({
      port: createStudyPort(api),
      today: () => {
        const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
        // This locale writes dates as `YYYY-MM-DD`.
        return { day: new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date()), timeZone }
      },
    }),
    channel: createRoomChannelPort(client, keeper, deps.clock),
    timer: createRoomTimerPort(api),
    recording: createRecordingPort(api),
    chat: createChatPort(api),
    moderation: createModerationPort(api),
    gestures: createGesturesPort(api),
    admission: createAdmissionPort(api),
    roomSettings: createRoomSettingsPort(api),
    connectionTest:
      isLoopbackHostname(new URL(url).hostname) && address.mode !== 'nearby' ? null : connectionTest,
    samples: createQualitySamplesPort(api),
    serverStatus: createServerStatus(createServerStatusPort(api, connectionTest)),
    leaveOnExit(stay) {
      if (lastToken !== null) sendLeaveOnExit({ ...api, token: lastToken }, stay)
    },
    dispose() {
      watching.subscription.unsubscribe()
      profile.dispose()
      recurring.dispose()
      account.dispose()
      auth.dispose()
      unwatch()
      keeper.dispose()
      void client.removeAllChannels()
    },
  }
}
