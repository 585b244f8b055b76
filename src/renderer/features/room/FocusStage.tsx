import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { TileRect } from '../../core/layout/planGrid.ts'
import { useApp, useRoom, useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './FocusStage.module.css'
import { RoomTimer } from './RoomTimer.tsx'

/** In place of the others: the timer, what one means to do, and the way back to people. Their pictures are not even sent. */
export function FocusStage({ rect, mayControl }: { readonly rect: TileRect; readonly mayControl: boolean }) {
  const { t } = useTranslation()
  const { settings } = useApp()
  const { study } = useSession()
  const { personChoices } = useRoom()
  const goal = useStore(study.store, ({ session }) => session?.goal ?? null)
  const isDeafened = useStore(personChoices.store, (state) => state.isDeafened)
  return (
    <div
      className={styles['stage']}
      style={{
        width: rect.width,
        height: rect.height,
        transform: `translate(calc(var(--inline-sign) * ${rect.x}px), ${rect.y}px)`,
      }}
    >
      <RoomTimer mayControl={mayControl} isLarge />
      {goal === null ? null : <p className={styles['goal']}>{goal}</p>}
      <p className={styles['hint']}>{t(isDeafened ? 'room.view.focusDeaf' : 'room.view.focusHint')}</p>
      <Button onClick={() => settings.update({ roomView: 'grid' })}>{t('room.view.backToPeople')}</Button>
    </div>
  )
}
