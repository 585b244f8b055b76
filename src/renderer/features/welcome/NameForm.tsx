import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DISPLAY_NAME_MAX_LENGTH } from '../../../shared/limits.ts'
import type { Result } from '../../../shared/result.ts'
import type { Account, AuthFailure } from '../../core/ports/auth.ts'
import { describeAuthFailure } from '../../messages/describeFailure.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { checkDisplayName } from './checkDisplayName.ts'
import styles from './WelcomeScreen.module.css'

export interface NameFormProps {
  readonly initialName: string
  /** Whose guest one is; null: nobody's. */
  readonly hostName: string | null
  readonly onEnter: (displayName: string) => Promise<Result<Account, AuthFailure>>
}

/** One field, one button, and a line on what is stored. */
export function NameForm({ initialName, hostName, onEnter }: NameFormProps) {
  const { t } = useTranslation()
  const [name, setName] = useState(initialName)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<'missing' | 'tooLong' | null>(null)
  const [failure, setFailure] = useState<AuthFailure | null>(null)

  const submit = async () => {
    const found = checkDisplayName(name)
    setProblem(found)
    setFailure(null)
    if (found !== null) return
    setBusy(true)
    const answer = await onEnter(name.trim())
    setBusy(false)
    if (!answer.ok) setFailure(answer.error)
  }

  return (
    <form
      className={styles['form']}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        if (!isBusy) void submit()
      }}
    >
      {hostName === null ? null : <p>{t('nearby.guest.welcome', { host: hostName })}</p>}
      <TextField
        label={t('welcome.name')}
        hint={t('welcome.nameHint')}
        value={name}
        maxLength={DISPLAY_NAME_MAX_LENGTH}
        autoComplete="name"
        autoFocus
        error={
          problem === 'missing'
            ? t('welcome.nameMissing')
            : problem === 'tooLong'
              ? t('welcome.nameTooLong', { max: DISPLAY_NAME_MAX_LENGTH })
              : null
        }
        onChange={(event) => {
          setName(event.target.value)
          setProblem(null)
        }}
      />
      {failure ? <Notice tone="danger">{describeAuthFailure(t, failure)}</Notice> : null}
      <Button type="submit" variant="primary" size="large" busy={isBusy} wide>
        {isBusy ? t('welcome.continuing') : t('welcome.continue')}
      </Button>
      <p className={styles['stored']}>
        {hostName === null ? t('welcome.stored') : t('nearby.guest.stored', { host: hostName })}
      </p>
    </form>
  )
}
