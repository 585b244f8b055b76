import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UseBackendOutcome } from '../../../shared/backend/hostedOutcome.ts'
import type { BackendChoiceSnapshot } from '../../../shared/ipc/settingsPanel.ts'
import { useApp } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './Settings.module.css'

type Refusal = Exclude<UseBackendOutcome, 'used'> | 'failed'

const ofUrl: ReadonlySet<Refusal> = new Set<Refusal>([
  'url_missing',
  'not_an_address',
  'has_credentials',
  'insecure',
  'not_https',
  'has_path',
])
const ofKey: ReadonlySet<Refusal> = new Set<Refusal>([
  'key_missing',
  'secret_key',
  'not_a_key',
  'key_refused',
])

/** Built in, or a hosted Supabase by address and key, which is tested before it is kept. */
export function BackendForm({ choice }: { readonly choice: BackendChoiceSnapshot }) {
  const { t } = useTranslation()
  const { panel } = useApp()
  const [kind, setKind] = useState(choice.kind)
  const [url, setUrl] = useState(choice.url ?? '')
  const [key, setKey] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  const turn = async () => {
    setBusy(true)
    setRefusal(null)
    const outcome = await panel.turnToBackend(kind === 'hosted' ? { kind, url, key } : { kind })
    // What the page may connect to is settled when it is loaded.
    if (outcome === 'used') return location.reload()
    setRefusal(outcome ?? 'failed')
    setBusy(false)
  }
  const words = refusal === null ? null : t(`settings.backend.outcome.${refusal}`)
  const isOfUrl = refusal !== null && ofUrl.has(refusal)
  const isOfKey = refusal !== null && ofKey.has(refusal)
  return (
    <form
      noValidate
      className={styles['form']}
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        if (!isBusy) void turn()
      }}
    >
      <RadioGroup
        label={t('settings.backend.choose')}
        value={kind}
        options={[
          {
            value: 'embedded' as const,
            label: t('settings.backend.embedded'),
            hint: t('settings.backend.embeddedHint'),
          },
          {
            value: 'hosted' as const,
            label: t('settings.backend.hosted'),
            hint: t('settings.backend.hostedHint'),
          },
        ]}
        onChange={(next) => {
          setKind(next)
          setRefusal(null)
        }}
      />
      {kind === 'hosted' ? (
        <>
          <TextField
            label={t('settings.backend.url')}
            hint={t('settings.backend.urlHint')}
            error={isOfUrl ? words : null}
            type="url"
            value={url}
            maxLength={2048}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setUrl(event.target.value)}
          />
          <TextField
            label={t('settings.backend.key')}
            hint={t('settings.backend.keyHint')}
            error={isOfKey ? words : null}
            value={key}
            maxLength={4096}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setKey(event.target.value)}
          />
        </>
      ) : null}
      {words !== null && !isOfUrl && !isOfKey ? <Notice tone="danger">{words}</Notice> : null}
      {kind === 'hosted' || choice.kind === 'hosted' ? (
        <div className={styles['stack']}>
          <div className={styles['actions']}>
            <Button type="submit" variant="primary" busy={isBusy}>
              {isBusy
                ? t('settings.backend.testing')
                : kind === 'hosted'
                  ? t('settings.backend.use')
                  : t('settings.backend.useOther')}
            </Button>
          </div>
          <p className={styles['hint']}>
            {kind === 'hosted' ? t('settings.backend.reloads') : t('settings.backend.reloadsEmbedded')}
          </p>
        </div>
      ) : null}
    </form>
  )
}
