import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { AppFacts, Licences } from '../../../shared/ipc/settingsPanel.ts'
import { formatDiagnostics } from '../../messages/formatDiagnostics.ts'
import { useApp, useMaybeSession } from '../../stores/services.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import styles from './Settings.module.css'
import { SettingsGroup } from './SettingsGroup.tsx'
import { UpdatesGroup } from './UpdatesGroup.tsx'
import { useSettings } from './useSettings.ts'

/** Versions, updates, licences, and a text for whoever helps. */
export function AboutSection() {
  const { t } = useTranslation()
  const { panel } = useApp()
  const [facts, setFacts] = useState<AppFacts | null>(null)
  const [licences, setLicences] = useState<Licences | null>(null)
  useEffect(() => {
    let isOver = false
    const read = async () => {
      const [found, texts] = await Promise.all([panel.facts(), panel.licences()])
      if (isOver) return
      setFacts(found)
      setLicences(texts)
    }
    void read()
    return () => {
      isOver = true
    }
  }, [panel])
  return (
    <>
      <SettingsGroup title={t('settings.about.versions')}>
        <Versions facts={facts} />
      </SettingsGroup>
      <UpdatesGroup />
      <SettingsGroup title={t('settings.about.diagnostics')} hint={t('settings.about.diagnosticsHint')}>
        <CopyDiagnostics facts={facts} />
      </SettingsGroup>
      <SettingsGroup title={t('settings.about.licences')}>
        <Licence title={t('settings.about.ownLicence')} text={licences?.own ?? ''} />
        {licences?.others ? (
          <Licence title={t('settings.about.otherLicences')} text={licences.others} />
        ) : (
          <p className={styles['hint']}>{t('settings.about.otherLicencesFromSource')}</p>
        )}
      </SettingsGroup>
    </>
  )
}

function Versions({ facts }: { readonly facts: AppFacts | null }) {
  const { t } = useTranslation()
  const { backend } = useApp()
  const connection = useStore(backend.store)
  const none = t('settings.about.none')
  const mode = connection.kind === 'ready' ? connection.mode : 'embedded'
  const backendName = (
    { hosted: 'backendHosted', nearby: 'backendNearby', embedded: 'backendEmbedded' } as const
  )[mode]
  const rows = [
    [t('settings.about.app'), facts?.version],
    [t('settings.about.backend'), t(`settings.about.${backendName}`)],
    [t('settings.about.electron'), facts?.electron],
    [t('settings.about.chromium'), facts?.chromium],
    [t('settings.about.node'), facts?.node],
    [t('settings.about.system'), facts && `${facts.platform} ${facts.systemVersion} (${facts.arch})`],
  ] as const
  return (
    <dl className={styles['facts']}>
      {rows.map(([label, value]) => (
        <Fact key={label} label={label} value={value || none} />
      ))}
    </dl>
  )
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  )
}

function CopyDiagnostics({ facts }: { readonly facts: AppFacts | null }) {
  const { t } = useTranslation()
  const { backend, keys, panel } = useApp()
  const [settings] = useSettings()
  const session = useMaybeSession()
  const describe = async () =>
    formatDiagnostics({
      facts,
      settings,
      connection: backend.store.getState(),
      shortcuts: keys.store.getState().states,
      servers: session?.serverStatus.store.getState() ?? null,
      logTail: await panel.logTail(),
    })
  return (
    <div className={styles['actions']}>
      <CopyButton
        label={t('settings.about.copy')}
        copiedLabel={t('settings.about.copied')}
        text={describe}
        failure={t('settings.about.notCopied')}
      />
    </div>
  )
}

function Licence({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <details className={styles['licence']}>
      <summary>{title}</summary>
      <textarea readOnly rows={12} aria-label={title} value={text} />
    </details>
  )
}
