import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { type SessionServices, useApp, useMaybeSession } from '../../stores/services.ts'
import styles from './Settings.module.css'
import { SettingsGroup } from './SettingsGroup.tsx'
import { WhereaboutsChoice } from './WhereaboutsChoice.tsx'

/** What others see and what is kept where, in plain words. */
export function PrivacySection() {
  const { t } = useTranslation()
  const { backend } = useApp()
  const session = useMaybeSession()
  const connection = useStore(backend.store)
  const server =
    connection.kind === 'ready' && connection.mode === 'hosted' ? new URL(connection.url).host : null
  const host = connection.kind === 'ready' && connection.mode === 'nearby' ? connection.host?.name : undefined
  const kept = server === null ? 'keptEmbedded' : 'keptHosted'
  return (
    <>
      <SettingsGroup title={t('settings.privacy.otherPeople')}>
        <Sentences sentences={t('settings.privacy.seen', { returnObjects: true })} />
        <p className={styles['hint']}>{t('settings.privacy.recording')}</p>
        {session === null ? null : <SignedIn session={session} />}
      </SettingsGroup>
      <SettingsGroup title={t('settings.privacy.kept')}>
        <Sentences sentences={t(`settings.privacy.${kept}`, { returnObjects: true })} />
      </SettingsGroup>
      <SettingsGroup title={t('settings.privacy.elsewhere')}>
        <p>
          {host !== undefined
            ? t('settings.privacy.elsewhereNearby', { host })
            : server === null
              ? t('settings.privacy.elsewhereEmbedded')
              : t('settings.privacy.elsewhereHosted', { server })}
        </p>
      </SettingsGroup>
    </>
  )
}

/** What is for those who are signed in. */
function SignedIn({ session }: { readonly session: SessionServices }) {
  const isSignedIn = useStore(session.account.store, ({ kind }) => kind === 'signedIn')
  return isSignedIn ? <WhereaboutsChoice whereabouts={session.whereabouts} /> : null
}

function Sentences({ sentences }: { readonly sentences: readonly string[] }) {
  return (
    <ul className={styles['list']}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}
