import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { AvatarChoice } from '../../components/AvatarChoice.tsx'
import { PersonAvatar } from '../../components/PersonAvatar.tsx'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { type SessionServices, useMaybeSession } from '../../stores/services.ts'
import { Notice } from '../../ui/Notice.tsx'
import styles from './Settings.module.css'
import { SettingsGroup } from './SettingsGroup.tsx'

/** What others see of oneself: the name, and the picture beside it. */
export function ProfileSection() {
  const { t } = useTranslation()
  const session = useMaybeSession()
  return (
    <SettingsGroup>
      {session === null ? (
        <p>{t('settings.profile.nobody')}</p>
      ) : (
        <OwnProfile account={session.account} profile={session.profile} />
      )}
    </SettingsGroup>
  )
}

function OwnProfile({ account, profile }: Pick<SessionServices, 'account' | 'profile'>) {
  const { t } = useTranslation()
  const name = useStore(account.store, (state) =>
    state.kind === 'signedIn' ? state.account.displayName : null,
  )
  const { avatar, failure } = useStore(profile.store)
  if (name === null) return <p>{t('settings.profile.nobody')}</p>
  return (
    <>
      <div className={styles['actions']}>
        <PersonAvatar name={name} avatar={avatar} size={64} />
        <bdi className={styles['groupTitle']}>{name}</bdi>
      </div>
      <p className={styles['hint']}>{t('settings.profile.hint')}</p>
      <AvatarChoice name={name} avatar={avatar} onChange={(next) => void profile.setAvatar(next)} />
      {failure === null ? null : <Notice tone="danger">{describeRoomsFailure(t, failure)}</Notice>}
    </>
  )
}
