import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { formatKeyCode } from '../../../shared/shortcuts/accelerator.ts'
import { findTalkKeyConflict } from '../../../shared/shortcuts/findConflicts.ts'
import { hookCodeOf } from '../../../shared/shortcuts/talkKeyEverywhere.ts'
import { settingsSchema } from '../../../shared/settings/settings.ts'
import { useApp } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import styles from './Settings.module.css'
import { SettingsGroup } from './SettingsGroup.tsx'
import { ShortcutRecorder } from './ShortcutRecorder.tsx'
import { useSettings } from './useSettings.ts'

const { talkMode: talkModes } = settingsSchema.shape.shortcuts.shape

/** Push-to-talk and push-to-mute: in the window, and elsewhere for who asks for it. */
export function TalkKeyGroup() {
  const { t } = useTranslation()
  const { platform } = useApp()
  const [{ shortcuts }, update] = useSettings()
  const { talkMode, talkKey } = shortcuts
  const taken = findTalkKeyConflict(shortcuts, platform)
  const shown = formatKeyCode(talkKey)
  return (
    <SettingsGroup title={t('settings.shortcuts.talk')}>
      <Select
        label={t('settings.shortcuts.talkMode')}
        value={talkMode}
        options={talkModes.options.map((value) => ({
          value,
          label: t(`settings.shortcuts.talkModes.${value}`),
        }))}
        onChange={(value) => {
          const chosen = talkModes.safeParse(value)
          if (chosen.success) update({ shortcuts: { talkMode: chosen.data } })
        }}
      />
      {talkMode === 'off' ? null : (
        <>
          <div className={styles['row']}>
            <div>
              <p className={styles['rowName']}>{t('settings.shortcuts.talkKey')}</p>
              {talkKey === 'Space' ? (
                <p className={styles['rowText']}>{t('settings.shortcuts.talkKeyHint')}</p>
              ) : null}
            </div>
            <div className={styles['shortcutEnd']}>
              <ShortcutRecorder
                label={t('settings.shortcuts.talkKeyChange', { keys: shown })}
                shown={shown}
                prompt={t('settings.shortcuts.talkKeyRecording')}
                read={({ code }) => (/^[A-Za-z0-9]{1,20}$/.test(code) ? code : null)}
                onChange={(code) => update({ shortcuts: { talkKey: code } })}
              />
            </div>
            {taken === null ? null : (
              <p className={styles['problem']} role="status">
                {t('settings.shortcuts.talkKeyTakes', {
                  action: t(`settings.shortcuts.actions.${taken}`),
                })}
              </p>
            )}
          </div>
          <Everywhere />
        </>
      )}
    </SettingsGroup>
  )
}

function Everywhere() {
  const { t } = useTranslation()
  const { keys, openPrivacyPage, platform } = useApp()
  const [{ shortcuts }, update] = useSettings()
  const state = useStore(keys.store, ({ states }) => states.talk)
  const canBeHeard = hookCodeOf(shortcuts.talkKey) !== null
  const canAllow = canBeHeard && state === 'unavailable' && platform === 'darwin'
  return (
    <div className={styles['stack']}>
      <Switch
        label={t('settings.shortcuts.talkEverywhere')}
        hint={t('settings.shortcuts.talkEverywhereHint')}
        checked={shortcuts.talkEverywhere}
        onChange={(talkEverywhere) => update({ shortcuts: { talkEverywhere } })}
      />
      {shortcuts.talkEverywhere ? (
        <p
          className={canBeHeard && state !== 'unavailable' ? styles['hint'] : styles['problem']}
          role="status"
        >
          {!canBeHeard
            ? t('settings.shortcuts.talkEverywhereKeys')
            : state === 'off'
              ? ''
              : canAllow
                ? t('settings.shortcuts.talkAllowOnMac')
                : t(`settings.shortcuts.talkStates.${state}`)}
        </p>
      ) : null}
      {shortcuts.talkEverywhere && canAllow ? (
        <div className={styles['actions']}>
          <Button onClick={() => void openPrivacyPage('accessibility')}>
            {t('settings.shortcuts.talkOpenAccessibility')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
