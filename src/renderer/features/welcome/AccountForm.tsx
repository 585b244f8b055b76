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

const PASSWORD_MIN_LENGTH = 8

export interface AccountFormProps {
  readonly initialName: string
  readonly onSignIn: (email: string, password: string) => Promise<Result<Account, AuthFailure>>
  readonly onSignUp: (
    email: string,
    password: string,
    displayName: string,
  ) => Promise<Result<Account, AuthFailure>>
}

/** Sign in, or create an account with a name. */
export function AccountForm({ initialName, onSignIn, onSignUp }: AccountFormProps) {
  const { t } = useTranslation()
  const [mode, setMode] = useState<'signIn' | 'create'>('signIn')
  const [fields, setFields] = useState({ name: initialName, email: '', password: '' })
  const [wasTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<AuthFailure | null>(null)
  const isNew = mode === 'create'
  const nameProblem = isNew ? checkDisplayName(fields.name) : null
  const set = (change: Partial<typeof fields>) => setFields({ ...fields, ...change })

  const submit = async () => {
    setTried(true)
    setFailure(null)
    if (nameProblem !== null || fields.email.trim() === '' || fields.password === '') return
    setBusy(true)
    const answer = isNew
      ? await onSignUp(fields.email.trim(), fields.password, fields.name.trim())
      : await onSignIn(fields.email.trim(), fields.password)
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
      {isNew ? (
        <TextField
          label={t('welcome.name')}
          hint={t('welcome.nameHint')}
          value={fields.name}
          maxLength={DISPLAY_NAME_MAX_LENGTH}
          autoComplete="name"
          autoFocus
          error={wasTried && nameProblem !== null ? t('welcome.nameMissing') : null}
          onChange={(event) => set({ name: event.target.value })}
        />
      ) : null}
      <TextField
        label={t('welcome.email')}
        type="email"
        value={fields.email}
        autoComplete="email"
        autoFocus={!isNew}
        error={wasTried && fields.email.trim() === '' ? t('welcome.emailMissing') : null}
        onChange={(event) => set({ email: event.target.value })}
      />
      <TextField
        label={t('welcome.password')}
        type="password"
        value={fields.password}
        hint={isNew ? t('welcome.passwordHint', { min: PASSWORD_MIN_LENGTH }) : undefined}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        error={wasTried && fields.password === '' ? t('welcome.passwordMissing') : null}
        onChange={(event) => set({ password: event.target.value })}
      />
      {failure ? <Notice tone="danger">{describeAuthFailure(t, failure)}</Notice> : null}
      <Button type="submit" variant="primary" size="large" busy={isBusy} wide>
        {isBusy ? t('welcome.continuing') : isNew ? t('welcome.create') : t('welcome.signIn')}
      </Button>
      <div className={styles['switch']}>
        <Button
          variant="quiet"
          onClick={() => {
            setMode(isNew ? 'signIn' : 'create')
            setTried(false)
            setFailure(null)
          }}
        >
          {isNew ? t('welcome.toSignIn') : t('welcome.toCreate')}
        </Button>
      </div>
      <p className={styles['stored']}>{t('welcome.storedHosted')}</p>
    </form>
  )
}
