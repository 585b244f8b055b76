import { useCallback, useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { BootFailedScreen } from '../features/boot/BootFailedScreen.tsx'
import { BootScreen } from '../features/boot/BootScreen.tsx'
import { StatusNotices } from '../features/boot/StatusNotices.tsx'
import { LobbyScreen } from '../features/lobby/LobbyScreen.tsx'
import { WelcomeScreen } from '../features/welcome/WelcomeScreen.tsx'
import type { Place } from '../stores/navigationStore.ts'
import { AppServicesProvider, SessionServicesProvider } from '../stores/services.ts'
import { AnswerEarlyRequests, AnswerRequests } from './AnswerRequests.tsx'
import styles from './App.module.css'
import { roomPart, type StudyhallApp } from './createApp.ts'
import type { Session } from './createSession.ts'
import { SettingsLayer } from './SettingsLayer.tsx'

/** The whole app: which screen stands, by what the backend, the account and the person say. */
export function App({ app }: { readonly app: StudyhallApp }) {
  const session = useStore(app.sessions.store, (state) => state.session)
  return (
    <AppServicesProvider value={app.services}>
      <div className={styles['frame']}>
        <StatusNotices hasSession={session !== null} />
        <div className={styles['screen']}>
          {session === null ? (
            <Beginning app={app} />
          ) : (
            <SessionServicesProvider value={session}>
              <SessionScreens app={app} session={session} />
            </SessionServicesProvider>
          )}
        </div>
      </div>
    </AppServicesProvider>
  )
}

/** Until the backend's first answer. */
function Beginning({ app }: { readonly app: StudyhallApp }) {
  const { backend, settingsPanel } = app.services
  const connection = useStore(backend.store)
  if (connection.kind === 'failed') {
    return (
      <>
        <BootFailedScreen
          failure={connection.failure}
          onRetry={backend.retry}
          onOpenSettings={() => settingsPanel.open('backend')}
        />
        <SettingsLayer />
      </>
    )
  }
  return <BootScreen />
}

function SessionScreens({ app, session }: { readonly app: StudyhallApp; readonly session: Session }) {
  const { navigation, settings } = app.services
  const account = useStore(session.account.store)
  const place = useStore(navigation.store)
  const isReady = useStore(settings.store, (state) => state.settings !== null)

  useEffect(() => {
    if (account.kind === 'signedOut') navigation.go({ kind: 'welcome' })
    if (account.kind === 'signedIn' && navigation.store.getState().kind === 'welcome') {
      navigation.go({ kind: 'lobby' })
    }
  }, [account.kind, navigation])

  if (!isReady || account.kind === 'restoring') return <BootScreen />
  if (account.kind === 'signedOut') {
    return (
      <>
        <WelcomeScreen />
        <SettingsLayer />
        <AnswerEarlyRequests />
      </>
    )
  }
  return (
    <>
      <PlaceScreen app={app} session={session} place={place} />
      <AnswerRequests />
    </>
  )
}

function PlaceScreen({
  app,
  session,
  place,
}: {
  readonly app: StudyhallApp
  readonly session: Session
  readonly place: Place
}) {
  const wasShown = useRef(false)
  const handleShown = useCallback(() => {
    if (wasShown.current) return
    wasShown.current = true
    app.reportLobbyShown()
  }, [app])
  switch (place.kind) {
    case 'welcome':
    case 'lobby':
      return (
        <>
          <LobbyScreen onShown={handleShown} />
          <SettingsLayer />
        </>
      )
    case 'prejoin':
    case 'room':
      return <roomPart.Part with={{ session }} fallback={<BootScreen />} />
  }
}
