import { FolderOpen } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StorageFigures } from '../../../shared/ipc/settingsPanel.ts'
import { formatBytes } from '../../messages/formatBytes.ts'
import { useApp } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { FilmList } from './FilmList.tsx'
import { ResetSettings } from './ResetSettings.tsx'
import styles from './Settings.module.css'
import { SettingsGroup } from './SettingsGroup.tsx'

/** What is kept on this computer, where, and how much of it. */
export function StorageSection() {
  const { t, i18n } = useTranslation()
  const { panel } = useApp()
  const [figures, setFigures] = useState<StorageFigures | null>(null)
  const [notShown, setNotShown] = useState<string | null>(null)
  useEffect(() => {
    let isOver = false
    const read = async () => {
      const found = await panel.storage()
      if (!isOver) setFigures(found)
    }
    void read()
    return () => {
      isOver = true
    }
  }, [panel])
  const countAgain = async () => setFigures(await panel.storage())

  const size = (bytes: number | null | undefined) => {
    if (bytes === undefined) return t('settings.storage.reading')
    return bytes === null ? t('settings.storage.unknownSize') : formatBytes(bytes, i18n.language)
  }
  const show = async (folder: 'data' | 'profile' | 'logs' | 'recordings', path: string) => {
    setNotShown((await panel.showFolder(folder)) ? null : path)
  }
  const { dataFolder = '', profileFolder = '', recordingsFolder = '', recordingCount = 0 } = figures ?? {}
  const rows = [
    {
      folder: 'data' as const,
      name: t('settings.storage.backend'),
      hint: t('settings.storage.backendHint'),
      path: dataFolder,
      bytes: figures?.backendBytes,
    },
    {
      folder: 'profile' as const,
      name: t('settings.storage.profile'),
      hint: t('settings.storage.profileHint'),
      path: profileFolder,
      bytes: figures?.profileBytes,
    },
    {
      folder: 'logs' as const,
      name: t('settings.storage.logs'),
      hint: '',
      path: profileFolder,
      bytes: figures?.logBytes,
    },
    // Without one there is no folder either.
    ...(recordingCount === 0
      ? []
      : [
          {
            folder: 'recordings' as const,
            name: t('settings.storage.recordings'),
            hint: t('settings.storage.recordingsHint'),
            path: recordingsFolder,
            bytes: figures?.recordingBytes,
          },
        ]),
  ]
  return (
    <>
      <SettingsGroup>
        <div className={styles['rows']}>
          {rows.map(({ folder, name, hint, path, bytes }) => (
            <div key={folder} className={styles['row']}>
              <div>
                <p className={styles['rowName']}>
                  {name}, {size(bytes)}
                </p>
                <p className={styles['rowText']}>{[hint, folder === 'logs' ? '' : path].join(' ').trim()}</p>
              </div>
              <div className={styles['rowEnd']}>
                <Button
                  icon={<FolderOpen size={16} aria-hidden />}
                  aria-label={t('settings.storage.showNamed', { name })}
                  onClick={() => void show(folder, path)}
                >
                  {t('settings.storage.show')}
                </Button>
              </div>
            </div>
          ))}
        </div>
        {notShown === null ? null : (
          <Notice tone="warm">{t('settings.storage.notShown', { folder: notShown })}</Notice>
        )}
      </SettingsGroup>
      <SettingsGroup title={t('settings.storage.recordings')}>
        <FilmList onDeleted={() => void countAgain()} />
      </SettingsGroup>
      <SettingsGroup title={t('settings.storage.reset')} hint={t('settings.storage.resetHint')}>
        <ResetSettings />
      </SettingsGroup>
    </>
  )
}
