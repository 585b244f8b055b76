import { CircleAlert, CircleCheck, CircleDashed, CircleHelp, RotateCw } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type {
  ServerStatusController,
  ServerStatusSnapshot,
} from '../../controllers/serverStatus/createServerStatus.ts'
import { useMaybeSession, useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './Settings.module.css'
import { SettingsGroup } from './SettingsGroup.tsx'

type Reading = ServerStatusSnapshot['relay']

const icons = {
  asking: CircleDashed,
  works: CircleCheck,
  notSetUp: CircleDashed,
  silent: CircleAlert,
  unknown: CircleHelp,
} as const

/** Media server and relay: what they are for, and whether they do it. */
export function ServerStatus() {
  const { t } = useTranslation()
  const session = useMaybeSession()
  return (
    <SettingsGroup title={t('settings.backend.servers')}>
      {session === null ? (
        <p className={styles['hint']}>{t('settings.backend.signInFirst')}</p>
      ) : (
        <OfSession serverStatus={session.serverStatus} />
      )}
    </SettingsGroup>
  )
}

function OfSession({ serverStatus }: { readonly serverStatus: ServerStatusController }) {
  const { t } = useTranslation()
  const { account } = useSession()
  const isSignedIn = useStore(account.store, ({ kind }) => kind === 'signedIn')
  const { mediaServer, relay } = useStore(serverStatus.store)
  useEffect(() => {
    if (isSignedIn) void serverStatus.check()
  }, [serverStatus, isSignedIn])
  if (!isSignedIn) return <p className={styles['hint']}>{t('settings.backend.signInFirst')}</p>
  return (
    <>
      <Line
        name={t('settings.backend.mediaServer')}
        reading={mediaServer}
        words={t(`settings.backend.mediaServerIs.${mediaServer}`)}
      />
      <Line
        name={t('settings.backend.relay')}
        reading={relay}
        words={t(`settings.backend.relayIs.${relay}`)}
      />
      <div className={styles['actions']}>
        <Button
          icon={<RotateCw size={16} aria-hidden />}
          busy={mediaServer === 'asking' || relay === 'asking'}
          onClick={() => void serverStatus.check()}
        >
          {t('settings.backend.again')}
        </Button>
      </div>
    </>
  )
}

function Line({
  name,
  reading,
  words,
}: {
  readonly name: string
  readonly reading: Reading
  readonly words: string
}) {
  const Icon = icons[reading]
  return (
    <div className={styles['status']} data-reading={reading}>
      <Icon size={16} aria-hidden />
      <div>
        <p className={styles['statusName']}>{name}</p>
        <p className={styles['hint']} role="status">
          {words}
        </p>
      </div>
    </div>
  )
}
