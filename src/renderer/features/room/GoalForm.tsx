import { Target } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { STUDY_GOAL_MAX_LENGTH } from '../../../shared/limits.ts'
import type { StudySnapshot } from '../../controllers/contracts.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './TimerPanel.module.css'

/** What one means to do, for oneself, and for the others if one likes. */
export function GoalForm() {
  const { study } = useSession()
  const session = useStore(study.store, (snapshot) => snapshot.session)
  useEffect(() => {
    void study.readSession()
  }, [study])
  // Begun anew with what is kept, once that is known.
  return <GoalFields key={session?.id ?? 'none'} session={session} />
}

function GoalFields({ session }: Pick<StudySnapshot, 'session'>) {
  const { t } = useTranslation()
  const { study } = useSession()
  // Also what was written before joining.
  const unsaved = useStore(study.store, (snapshot) => snapshot.unsavedGoal)
  const [goal, setGoal] = useState(unsaved?.goal ?? session?.goal ?? '')
  const [shares, setShares] = useState(session?.sharesGoal ?? false)
  const [isSaved, setSaved] = useState(false)

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    setSaved(await study.setGoal(goal.trim(), shares))
  }

  return (
    <form className={styles['preferences']} onSubmit={(event) => void save(event)}>
      <TextField
        label={t('room.timer.goal')}
        hint={t('room.timer.goalHint')}
        value={goal}
        maxLength={STUDY_GOAL_MAX_LENGTH}
        onChange={(event) => setGoal(event.target.value)}
      />
      <Switch label={t('room.timer.sharesGoal')} checked={shares} onChange={setShares} />
      <Button type="submit" icon={<Target size={16} aria-hidden />}>
        {t('room.timer.saveGoal')}
      </Button>
      {isSaved ? <output className={styles['hint']}>{t('room.timer.goalSaved')}</output> : null}
      {unsaved === null ? null : <Notice tone="danger">{describeRoomsFailure(t, unsaved.failure)}</Notice>}
    </form>
  )
}
