import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Accelerator,
  formatAccelerator,
  formatKeyCode,
  parseAccelerator,
} from '../../../shared/shortcuts/accelerator.ts'
import { globalActions, windowShortcuts } from '../../../shared/shortcuts/shortcutActions.ts'
import { useApp } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import styles from './Settings.module.css'
import { useSettings } from './useSettings.ts'

/** All keys at a glance, as they are at the moment. */
export function CheatSheet() {
  const { t } = useTranslation()
  const { keys, platform, settingsPanel } = useApp()
  const [{ shortcuts }] = useSettings()
  const format = (accelerator: Accelerator) => formatAccelerator(accelerator, platform)
  const ofWindow = windowShortcuts(platform).filter(({ isSingleKey }) => !isSingleKey || shortcuts.singleKeys)
  const chosen = globalActions.flatMap((action) => {
    const text = shortcuts[action]
    const accelerator = text === null ? null : parseAccelerator(text, platform)
    return accelerator === null ? [] : [{ action, keys: format(accelerator) }]
  })
  const line = ({ action, accelerator }: (typeof ofWindow)[number]) => (
    <KeyLine key={action} name={t(`settings.shortcuts.actions.${action}`)} keys={format(accelerator)} />
  )
  return (
    <Dialog
      title={t('settings.cheatSheet.title')}
      closeLabel={t('settings.cheatSheet.close')}
      onClose={() => keys.setCheatSheetOpen(false)}
    >
      <div className={styles['sheet']}>
        <Keys title={t('settings.cheatSheet.room')}>
          {ofWindow.filter(({ inRoomOnly }) => inRoomOnly).map(line)}
          {shortcuts.talkMode === 'off' ? null : (
            <KeyLine
              name={t(`settings.cheatSheet.${shortcuts.talkMode === 'pushToTalk' ? 'talk' : 'talkMute'}`)}
              keys={formatKeyCode(shortcuts.talkKey)}
            />
          )}
        </Keys>
        <Keys title={t('settings.cheatSheet.window')}>
          {ofWindow.filter(({ inRoomOnly }) => !inRoomOnly).map(line)}
        </Keys>
        {shortcuts.singleKeys ? null : (
          <p className={styles['hint']}>{t('settings.cheatSheet.singleKeysOff')}</p>
        )}
        {chosen.length === 0 ? (
          <>
            <h3 className={styles['groupTitle']}>{t('settings.cheatSheet.everywhere')}</h3>
            <p className={styles['hint']}>{t('settings.cheatSheet.noneEverywhere')}</p>
          </>
        ) : (
          <Keys title={t('settings.cheatSheet.everywhere')}>
            {chosen.map(({ action, keys: shown }) => (
              <KeyLine key={action} name={t(`settings.shortcuts.actions.${action}`)} keys={shown} />
            ))}
          </Keys>
        )}
        <div className={styles['actions']}>
          <Button
            onClick={() => {
              keys.setCheatSheetOpen(false)
              settingsPanel.open('shortcuts')
            }}
          >
            {t('settings.cheatSheet.toSettings')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

function Keys({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles['stack']} aria-label={title}>
      <h3 className={styles['groupTitle']}>{title}</h3>
      <dl className={styles['keyTable']}>{children}</dl>
    </section>
  )
}

function KeyLine({ name, keys }: { readonly name: string; readonly keys: string }) {
  return (
    <div className={styles['keyLine']}>
      <dt>{name}</dt>
      <dd>
        <kbd className={styles['key']} dir="ltr">
          {keys}
        </kbd>
      </dd>
    </div>
  )
}
