import { Keyboard } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { formatAccelerator, parseAccelerator } from '../../../shared/shortcuts/accelerator.ts'
import { findConflicts } from '../../../shared/shortcuts/findConflicts.ts'
import { type GlobalAction, globalActions } from '../../../shared/shortcuts/shortcutActions.ts'
import { describeConflict } from '../../messages/describeConflict.ts'
import { useApp } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Switch.tsx'
import styles from './Settings.module.css'
import { SettingsGroup } from './SettingsGroup.tsx'
import { readCombination, ShortcutRecorder } from './ShortcutRecorder.tsx'
import { TalkKeyGroup } from './TalkKeyGroup.tsx'
import { useSettings } from './useSettings.ts'

/** Keys: those of the window, those that work everywhere, and the one that is held to talk. */
export function ShortcutsSection() {
  const { t } = useTranslation()
  const { keys, settingsPanel } = useApp()
  const [{ shortcuts }, update] = useSettings()
  const areAssigned = useStore(keys.store, (state) => state.states.areAssigned)
  return (
    <>
      <SettingsGroup title={t('settings.shortcuts.inRoom')}>
        <Switch
          label={t('settings.shortcuts.singleKeys')}
          hint={t('settings.shortcuts.singleKeysHint')}
          checked={shortcuts.singleKeys}
          onChange={(singleKeys) => update({ shortcuts: { singleKeys } })}
        />
        <div className={styles['actions']}>
          <Button
            icon={<Keyboard size={16} aria-hidden />}
            onClick={() => {
              settingsPanel.close()
              keys.setCheatSheetOpen(true)
            }}
          >
            {t('settings.shortcuts.cheatSheet')}
          </Button>
        </div>
      </SettingsGroup>
      <SettingsGroup title={t('settings.shortcuts.everywhere')} hint={t('settings.shortcuts.everywhereHint')}>
        {areAssigned ? <p className={styles['hint']}>{t('settings.shortcuts.assigned')}</p> : null}
        <div className={styles['rows']}>
          {globalActions.map((action) => (
            <GlobalShortcutRow key={action} action={action} />
          ))}
        </div>
      </SettingsGroup>
      <TalkKeyGroup />
    </>
  )
}

function GlobalShortcutRow({ action }: { readonly action: GlobalAction }) {
  const { t } = useTranslation()
  const { keys, platform } = useApp()
  const [{ shortcuts }, update] = useSettings()
  const states = useStore(keys.store, (state) => state.states.actions)
  const conflict = findConflicts(shortcuts, platform, states)[action]
  const text = shortcuts[action]
  const accelerator = text === null ? null : parseAccelerator(text, platform)
  const shown =
    accelerator === null ? (text ?? t('settings.shortcuts.none')) : formatAccelerator(accelerator, platform)
  const name = t(`settings.shortcuts.actions.${action}`)
  const problemId = `shortcut-problem-${action}`
  const change = (chosen: string | null) => update({ shortcuts: { [action]: chosen } })
  return (
    <div className={styles['row']}>
      <p className={styles['rowName']}>{name}</p>
      <div className={styles['shortcutEnd']}>
        <ShortcutRecorder
          label={t('settings.shortcuts.change', { action: name, keys: shown })}
          shown={shown}
          prompt={t('settings.shortcuts.recording')}
          describedBy={conflict === undefined ? undefined : problemId}
          read={readCombination}
          onChange={change}
          clear={
            text === null
              ? undefined
              : {
                  label: t('settings.shortcuts.clear', { action: name }),
                  onClear: () => change(null),
                }
          }
        />
      </div>
      {conflict === undefined ? null : (
        <p id={problemId} className={styles['problem']} role="status">
          {describeConflict(t, conflict, platform)}
        </p>
      )}
    </div>
  )
}
