import type { ReadableStore, TimerSnapshot } from '../controllers/contracts.ts'
import { isMicrophoneHeard } from '../core/media/selectOutgoing.ts'
import type { TrayCall, TrayInput, TrayTimer } from '../core/tray/planTray.ts'
import type { ActiveCall } from '../stores/activeCallStore.ts'
import type { AppServices } from '../stores/services.ts'
import type { Session } from './createSession.ts'
import type { SessionHolder } from './createSessionHolder.ts'

/** What the tray shows, gathered from wherever it is known. */
export interface TraySource {
  read(): Omit<TrayInput, 'nowMs'>
  /** Calls back after every change of something that `read` looks at. One listener; it ends with the source. */
  watch(listener: () => void): void
  dispose(): void
}

/** Follows the session and the call, whichever they are. */
export function createTraySource(deps: {
  readonly services: Pick<AppServices, 'activeCall' | 'backend'>
  readonly sessions: SessionHolder<Session>
  readonly hasSettings: boolean
}): TraySource {
  const { services, sessions } = deps
  let listener: () => void = () => undefined
  const onChanged = () => listener()
  let endSession: () => void = () => undefined
  let endCall: () => void = () => undefined

  function followCall(active: ActiveCall | null): void {
    endCall()
    const ends =
      active === null
        ? []
        : [
            ...follow([active.call.store, active.localMedia.store, active.recording.store], onChanged),
            // It ticks every second, of which the tray tells the minutes.
            active.timer.store.subscribe((now, before) => {
              if (JSON.stringify(selectTrayTimer(now)) !== JSON.stringify(selectTrayTimer(before)))
                onChanged()
            }),
          ]
    endCall = () => {
      for (const end of ends) end()
    }
    onChanged()
  }
  function followSession(session: Session | null): void {
    endSession()
    const ends = session === null ? [] : follow([session.recurring.store, session.account.store], onChanged)
    endSession = () => {
      for (const end of ends) end()
    }
    onChanged()
  }
  const ends = [
    services.backend.store.subscribe(onChanged),
    services.activeCall.store.subscribe(({ active }) => followCall(active)),
    sessions.store.subscribe(({ session }) => followSession(session)),
  ]
  followSession(sessions.store.getState().session)

  return {
    watch(next) {
      listener = next
    },
    read() {
      const { session } = sessions.store.getState()
      const connection = services.backend.store.getState()
      return {
        backend: connection.kind === 'ready' ? 'ready' : connection.kind === 'failed' ? 'failed' : 'away',
        isSignedIn: session?.account.store.getState().kind === 'signedIn',
        hasSettings: deps.hasSettings,
        call: selectTrayCall(services.activeCall.store.getState().active),
        rooms: session?.recurring.store.getState().rooms ?? [],
      }
    },
    dispose() {
      listener = () => undefined
      endSession()
      endCall()
      for (const end of ends) end()
    },
  }
}

function selectTrayCall(active: ActiveCall | null): TrayCall | null {
  const snapshot = active?.call.store.getState()
  if (active === null || snapshot?.kind !== 'live') return null
  const media = active.localMedia.store.getState()
  return {
    roomName: snapshot.room.name,
    recurringRoomId: snapshot.room.recurringRoomId,
    headcount: snapshot.others.length + 1,
    isHeard: isMicrophoneHeard(media),
    isCameraOn: media.camera.kind === 'on' || media.camera.kind === 'starting',
    allowsVideo: snapshot.room.settings.allowVideo,
    timer: selectTrayTimer(active.timer.store.getState()),
    isRecorded: active.recording.store.getState().state.kind === 'recording',
  }
}

function selectTrayTimer({ view }: TimerSnapshot): TrayTimer | null {
  if (view === null) return null
  return {
    phase: view.phase === 'focus' ? 'focus' : 'break',
    // A minute that has begun counts.
    minutes: Math.ceil(view.remainingSeconds / 60),
    isPaused: view.isPaused,
  }
}

type Watchable = Pick<ReadableStore<unknown>, 'subscribe'>

function follow(stores: readonly Watchable[], listener: () => void): readonly (() => void)[] {
  return stores.map((store) => store.subscribe(() => listener()))
}
