import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BackendChoiceSnapshot } from '../../../shared/ipc/settingsPanel.ts'
import { useStore } from 'zustand'
import { useApp, useMaybeRoom } from '../../stores/services.ts'
import { Notice } from '../../ui/Notice.tsx'
import { BackendForm } from './BackendForm.tsx'
import { NearbyGroup } from './NearbyGroup.tsx'
import { ServerStatus } from './ServerStatus.tsx'
import { SettingsGroup } from './SettingsGroup.tsx'

/** Which backend is used, the way to another one, and how the servers do that help calls. */
export function BackendSection() {
  const { t } = useTranslation()
  const { nearby, panel } = useApp()
  const guest = useStore(nearby.store, (state) => state.guest)
  const isInRoom = useMaybeRoom() !== null
  const [choice, setChoice] = useState<BackendChoiceSnapshot | null>(null)
  useEffect(() => {
    let isOver = false
    const ask = async () => {
      const answer = await panel.backendChoice()
      if (!isOver) setChoice(answer)
    }
    void ask()
    return () => {
      isOver = true
    }
  }, [panel])
  return (
    <>
      <SettingsGroup title={t('settings.backend.inUse')}>
        <p>
          {guest.kind === 'joined' ? (
            t('settings.backend.guestOf', { host: guest.hostName })
          ) : choice === null ? (
            ''
          ) : (
            <InUse choice={choice} />
          )}
        </p>
        {choice?.isFixed === true ? (
          <Notice tone="info" announce={false}>
            {t('settings.backend.fixed', { url: 'STUDYHALL_SUPABASE_URL', key: 'STUDYHALL_SUPABASE_KEY' })}
          </Notice>
        ) : null}
      </SettingsGroup>
      {choice?.isFixed === false ? <NearbyGroup isEmbedded={choice.kind === 'embedded'} /> : null}
      {choice?.isFixed === false && guest.kind === 'none' ? (
        <SettingsGroup>
          {isInRoom ? (
            <p>{t('settings.backend.leaveFirst')}</p>
          ) : (
            <BackendForm key={choice.kind} choice={choice} />
          )}
        </SettingsGroup>
      ) : null}
      <ServerStatus />
    </>
  )
}

function InUse({ choice }: { readonly choice: BackendChoiceSnapshot }) {
  const { t } = useTranslation()
  if (choice.kind === 'embedded') return t('settings.backend.embedded')
  return choice.url === null
    ? t('settings.backend.hostedUnknown')
    : t('settings.backend.hostedAt', { server: new URL(choice.url).host })
}
