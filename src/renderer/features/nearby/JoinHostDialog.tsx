import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { PASTED_LINK_MAX_LENGTH } from '../../../shared/links/webInvitation.ts'
import { parseHostCode } from '../../../shared/nearby/hostCode.ts'
import { readPastedCode } from '../../../shared/nearby/readPastedCode.ts'
import type { JoinOutcome } from '../../../shared/nearby/nearbyState.ts'
import { useApp } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './Nearby.module.css'

type Refusal = Exclude<JoinOutcome, 'joined'> | 'failed'

export interface JoinHostDialogProps {
  /** Of a link that was followed; null: the person gives one. */
  readonly code: string | null
  readonly onClose: () => void
}

/** SECURITY: a link alone joins nobody. It is said where it leads, and the person goes there or not. */
export function JoinHostDialog({ code, onClose }: JoinHostDialogProps) {
  const { t } = useTranslation()
  const { activeCall, nearby } = useApp()
  const call = useStore(activeCall.store, (state) => state.active)?.call
  const snapshot = call?.store.getState()
  const [text, setText] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  const join = async () => {
    const wanted = code ?? text
    setRefusal(null)
    if (wanted.trim() === '') return setProblem(t('nearby.join.codeMissing'))
    if (readPastedCode(wanted) === null) return setProblem(t('nearby.join.outcome.bad_code'))
    setBusy(true)
    const outcome = await nearby.join(wanted)
    setBusy(false)
    if (outcome === 'joined') onClose()
    else setRefusal(outcome ?? 'failed')
  }
  return (
    <Dialog title={t('nearby.join.title')} closeLabel={t('nearby.join.close')} onClose={onClose}>
      <form
        noValidate
        className={styles['body']}
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          if (!isBusy) void join()
        }}
      >
        {code === null ? (
          <>
            <p>{t('nearby.join.lead')}</p>
            <TextField
              label={t('nearby.join.code')}
              hint={t('nearby.join.codeHint')}
              error={problem}
              value={text}
              dir="ltr"
              maxLength={PASTED_LINK_MAX_LENGTH}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => {
                setText(event.target.value)
                setProblem(null)
                setRefusal(null)
              }}
            />
          </>
        ) : (
          <p>{t('nearby.join.linkLead', { addresses: parseHostCode(code)?.addresses.join(', ') ?? '' })}</p>
        )}
        <p className={styles['quiet']}>
          {t('nearby.join.follows')} {t('nearby.join.sees')}{' '}
          {snapshot?.kind === 'live' ? t('nearby.join.leavesRoom', { room: snapshot.room.name }) : null}
        </p>
        {refusal === null ? null : <Notice tone="danger">{t(`nearby.join.outcome.${refusal}`)}</Notice>}
        <div className={styles['actions']}>
          <Button variant="quiet" onClick={onClose}>
            {t('nearby.join.cancel')}
          </Button>
          <Button type="submit" variant="primary" busy={isBusy}>
            {isBusy ? t('nearby.join.joining') : t('nearby.join.join')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
