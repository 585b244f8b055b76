import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { UpdateState } from '../../../shared/updates/updateState.ts'
import { useApp } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { SegmentedChoice } from '../../ui/SegmentedChoice.tsx'
import styles from './Settings.module.css'
import { SettingsGroup } from './SettingsGroup.tsx'
import { useSettings } from './useSettings.ts'

/** Which versions are wanted, what is known of a newer one, and the way to it. */
export function UpdatesGroup() {
  const { t } = useTranslation()
  const { navigation, updates } = useApp()
  const [settings, update] = useSettings()
  const state = useStore(updates.store)
  // The updater itself holds still during a call, whatever is pressed.
  const isInRoom = useStore(navigation.store, (place) => place.kind === 'room')
  return (
    <SettingsGroup title={t('settings.about.updates')}>
      <SegmentedChoice
        label={t('settings.about.channel')}
        value={settings.updates.channel}
        options={[
          { value: 'stable' as const, label: t('settings.about.stable') },
          { value: 'beta' as const, label: t('settings.about.beta') },
        ]}
        onChange={(channel) => update({ updates: { channel } })}
      />
      <p className={styles['hint']} role="status">
        {describeUpdate(t, state, isInRoom)}
      </p>
      {state.kind === 'waiting' || state.kind === 'checking' ? (
        <div className={styles['actions']}>
          <Button busy={state.kind === 'checking' || isInRoom} onClick={updates.check}>
            {t('settings.about.lookForUpdates')}
          </Button>
        </div>
      ) : null}
      {state.kind === 'ready' && !isInRoom ? (
        <div className={styles['actions']}>
          <Button onClick={updates.restart}>{t('update.restart')}</Button>
        </div>
      ) : null}
    </SettingsGroup>
  )
}

function describeUpdate(t: TFunction, state: UpdateState, isInRoom: boolean): string {
  switch (state.kind) {
    case 'waiting':
      if (isInRoom) return t('settings.about.updatesWait')
      return state.lastProblem === null
        ? t('settings.about.updateStates.waiting')
        : t('settings.about.updateStates.problem')
    case 'ready':
      return isInRoom
        ? t('settings.about.readyLater', { version: state.version })
        : t('update.ready', { version: state.version })
    case 'held':
    case 'downloading':
    case 'restarting':
      return t(`settings.about.updateStates.${state.kind}`, { version: state.version })
    case 'off':
    case 'checking':
      return t(`settings.about.updateStates.${state.kind}`)
  }
}
