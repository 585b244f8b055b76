import type { TFunction } from 'i18next'
import { Circle } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { RecordingSnapshot } from '../../controllers/contracts.ts'
import {
  isOpenRecording,
  type OpenRecordingKind,
  selectOwnAnswer,
  selectUnanswered,
} from '../../core/recording/recordingState.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './RecordingStrip.module.css'
import { type RecordingPeople, useRecordingPeople } from './useRecordingPeople.ts'

/** That the call is recorded, or is to be, and by whom: for everybody, for as long as it is so, with the way to end it. */
export function RecordingStrip({ onAnswer }: { readonly onAnswer: () => void }) {
  const { t, i18n } = useTranslation()
  const { recording } = useRoom()
  const snapshot = useStore(recording.store)
  const people = useRecordingPeople()
  const { state, failure } = snapshot
  const isOpen = isOpenRecording(state)
  const words = describeRecording(t, i18n.language, snapshot, people)
  return (
    <>
      {/* Always there: a region that comes into the page together with its words is not spoken everywhere. */}
      <VisuallyHidden live>{words ?? ''}</VisuallyHidden>
      {isOpen ? (
        <div
          className={styles['strip']}
          data-running={state.kind === 'recording'}
          data-testid="recording-strip"
        >
          <Circle size={14} aria-hidden className={styles['icon']} />
          <span className={styles['words']}>{words}</span>
          <StripActions state={state} selfId={people.selfId} onAnswer={onAnswer} />
          {failure === null ? null : (
            <p className={styles['failure']} role="alert">
              {describeRoomsFailure(t, failure)}
            </p>
          )}
        </div>
      ) : words === null ? null : (
        <div className={styles['ended']}>
          <Notice
            tone="info"
            announce={false}
            action={
              <Button variant="quiet" onClick={() => recording.dismiss()}>
                {t('notice.dismiss')}
              </Button>
            }
          >
            {words}
          </Notice>
        </div>
      )}
    </>
  )
}

function StripActions({
  state,
  selfId,
  onAnswer,
}: {
  readonly state: OpenRecordingKind
  readonly selfId: string
  readonly onAnswer: () => void
}) {
  const { t } = useTranslation()
  const { recording } = useRoom()
  const { isBusy, isWithdrawing } = useStore(recording.store)
  if (isWithdrawing) return null
  if (state.requesterId === selfId) {
    return (
      <Button busy={isBusy} onClick={() => void recording.stop()}>
        {t(state.kind === 'recording' ? 'room.recording.stop' : 'room.recording.takeBack')}
      </Button>
    )
  }
  return selectOwnAnswer(state, selfId) === 'given' ? (
    <Button onClick={() => void recording.withdraw()}>
      {t(state.kind === 'recording' ? 'room.recording.withdraw' : 'room.recording.withdrawEarly')}
    </Button>
  ) : (
    <Button variant="primary" busy={isBusy} onClick={onAnswer}>
      {t('room.recording.respond')}
    </Button>
  )
}

/** One sentence for how it stands; null: there is nothing to say. Who has said no is not named. */
function describeRecording(
  t: TFunction,
  language: string,
  { state, file, isWithdrawing, isEndDismissed }: RecordingSnapshot,
  { selfId, nameOf }: RecordingPeople,
): string | null {
  if (state.kind === 'none' || (state.kind === 'ended' && isEndDismissed)) return null
  if (state.kind === 'ended') {
    const reason = state.reason ?? 'unknown'
    return t(`room.recording.${state.hasRun ? 'ended' : 'refused'}.${reason}`)
  }
  if (isWithdrawing) return t('room.recording.withdrawing')
  const isOwn = state.requesterId === selfId
  const name = nameOf(state.requesterId) ?? t('room.recording.somebody')
  const unanswered = selectUnanswered(state)
  const names = new Intl.ListFormat(language).format(
    unanswered.filter((userId) => userId !== selfId).map((id) => nameOf(id) ?? t('room.recording.somebody')),
  )
  const isAsked = !isOwn && selectOwnAnswer(state, selfId) !== 'given'
  if (state.kind === 'asked') {
    if (isOwn) return t('room.recording.waiting', { names })
    if (isAsked) return t(state.needsAnswer ? 'room.recording.askedHeld' : 'room.recording.asked', { name })
    return t('room.recording.agreed', { names })
  }
  if (isAsked) return t('room.recording.runsHeld', { name })
  const isPaused = unanswered.length > 0 || (isOwn && file.kind === 'writing' && file.isPaused)
  if (isPaused && names !== '')
    return t(isOwn ? 'room.recording.ownPaused' : 'room.recording.paused', { name, names })
  if (isPaused) return t('room.recording.ownCut')
  return t(isOwn ? 'room.recording.own' : 'room.recording.runs', { name })
}
