import { type SubmitEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PASTED_LINK_MAX_LENGTH } from '../../../shared/links/webInvitation.ts'
import { parseRoomCode } from '../../core/lobby/parseRoomCode.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useFollowCode } from '../../stores/useFollowCode.ts'
import { describeCodeFailure } from '../../messages/describeCodeFailure.ts'
import styles from './NewRoomDialog.module.css'

/** Into a room that is not listed: by its code, or by an invitation with or without its link. Or to a host nearby. */
export function CodeDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const follow = useFollowCode()
  const [text, setText] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const code = parseRoomCode(text)
    if (code === null) {
      setProblem(t('lobby.code.unknown'))
      return
    }
    setBusy(true)
    setProblem(null)
    const refused = await follow(code)
    setBusy(false)
    if (refused === null) onClose()
    else setProblem(describeCodeFailure(t, refused))
  }
  return (
    <Dialog title={t('lobby.code.title')} closeLabel={t('link.close')} onClose={onClose}>
      <form className={styles['form']} noValidate onSubmit={(event) => void submit(event)}>
        <TextField
          label={t('lobby.code.field')}
          hint={t('lobby.code.fieldHint')}
          value={text}
          maxLength={PASTED_LINK_MAX_LENGTH}
          autoComplete="off"
          spellCheck={false}
          error={problem}
          onChange={(event) => {
            setText(event.target.value)
            setProblem(null)
          }}
        />
        <div className={styles['actions']}>
          <Button variant="quiet" onClick={onClose}>
            {t('link.cancel')}
          </Button>
          <Button type="submit" variant="primary" busy={isBusy}>
            {isBusy ? t('link.accepting') : t('link.go')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
