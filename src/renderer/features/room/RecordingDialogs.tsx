import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { isAskedOf, isOpenRecording } from '../../core/recording/recordingState.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import styles from './RecordingDialog.module.css'
import roomStyles from './RoomDialog.module.css'
import { useRecordingPeople } from './useRecordingPeople.ts'

export interface RecordingDialogsProps {
  /** The person means to ask the others. */
  readonly isAsking: boolean
  readonly onAskingClosed: () => void
  /** The person has put the question off, and comes back to it. */
  readonly isAnswering: boolean
  readonly onAnsweringClosed: () => void
}

/** What is asked of the person about a recording, and by the person of the others. */
export function RecordingDialogs(props: RecordingDialogsProps) {
  const { recording } = useRoom()
  const state = useStore(recording.store, (snapshot) => snapshot.state)
  const isWithdrawing = useStore(recording.store, (snapshot) => snapshot.isWithdrawing)
  const { selfId } = useRecordingPeople()
  const [putOffId, setPutOffId] = useState<string | null>(null)
  const { isAsking, onAskingClosed } = props
  const isOpen = isOpenRecording(state)
  // Somebody else has asked meanwhile: that is what is to be answered.
  useEffect(() => {
    if (isAsking && isOpen) onAskingClosed()
  }, [isAsking, isOpen, onAskingClosed])
  if (isAskedOf(state, selfId) && !isWithdrawing && (putOffId !== state.id || props.isAnswering)) {
    return (
      <AnswerDialog
        requesterId={state.requesterId}
        stage={state.needsAnswer ? (state.kind === 'recording' ? 'running' : 'held') : 'asked'}
        onClose={() => {
          setPutOffId(state.id)
          props.onAnsweringClosed()
        }}
      />
    )
  }
  return props.isAsking && !isOpenRecording(state) ? <AskDialog onClose={props.onAskingClosed} /> : null
}

/** `held`: they came later, and nothing of theirs is sent before they answer; `running`: it is being recorded already. */
function AnswerDialog({
  requesterId,
  stage,
  onClose,
}: {
  readonly requesterId: string | null
  readonly stage: 'asked' | 'held' | 'running'
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const { call, recording } = useRoom()
  const { isBusy, failure } = useStore(recording.store)
  const { nameOf } = useRecordingPeople()
  const name = nameOf(requesterId) ?? t('room.recording.somebody')
  return (
    <Dialog
      title={t(stage === 'running' ? 'room.recording.dialog.titleRunning' : 'room.recording.dialog.title', {
        name,
      })}
      closeLabel={t('room.recording.dialog.later')}
      onClose={onClose}
    >
      <div className={roomStyles['body']}>
        {stage === 'asked' ? null : <Notice tone="info">{t(`room.recording.dialog.${stage}`)}</Notice>}
        <Facts name={name} />
        {failure === null ? null : <Notice tone="danger">{describeRoomsFailure(t, failure)}</Notice>}
        <div className={roomStyles['actions']}>
          {stage === 'asked' ? null : (
            <Button variant="quiet" onClick={() => void call.leave()}>
              {t('room.leave')}
            </Button>
          )}
          <Button busy={isBusy} onClick={() => void recording.answer(false)}>
            {t(stage === 'running' ? 'room.recording.dialog.noEnds' : 'room.recording.dialog.no')}
          </Button>
          <Button variant="primary" busy={isBusy} onClick={() => void recording.answer(true)}>
            {t('room.recording.dialog.yes')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

function Facts({ name }: { readonly name: string }) {
  const { t } = useTranslation()
  return (
    <dl className={styles['facts']}>
      {(['what', 'where', 'back'] as const).map((fact) => (
        <div key={fact}>
          <dt>{t(`room.recording.dialog.${fact}.term`)}</dt>
          <dd>{t(`room.recording.dialog.${fact}.words`, { name })}</dd>
        </div>
      ))}
    </dl>
  )
}

function AskDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { recording } = useRoom()
  const { isBusy, failure } = useStore(recording.store)
  return (
    <Dialog
      title={t('room.recording.ask.title')}
      closeLabel={t('room.recording.ask.cancel')}
      onClose={onClose}
    >
      <div className={roomStyles['body']}>
        <p>{t('room.recording.ask.everybody')}</p>
        <p>{t('room.recording.ask.file')}</p>
        {failure === null ? null : <Notice tone="danger">{describeRoomsFailure(t, failure)}</Notice>}
        <div className={roomStyles['actions']}>
          <Button variant="quiet" onClick={onClose}>
            {t('room.recording.ask.cancel')}
          </Button>
          <Button
            variant="primary"
            busy={isBusy}
            onClick={() => {
              const ask = async () => {
                await recording.request()
                if (recording.store.getState().failure === null) onClose()
              }
              void ask()
            }}
          >
            {t('room.recording.ask.yes')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
