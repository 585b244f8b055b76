import { Coffee, Timer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { RoomPhaseView } from '../../core/lobby/roomPhase.ts'
import { describeRoomPhase } from '../../messages/describeRoomPhase.ts'
import styles from './RoomList.module.css'

/**
 * In which phase a room is, and for how much longer. It is there to be read and announces nothing: in a list of rooms somebody's minute
 * ends all the time.
 */
export function RoomPhaseLine({ view }: { readonly view: RoomPhaseView | null }) {
  const { t } = useTranslation()
  if (view === null) return null
  const Icon = view.phase === 'focus' ? Timer : Coffee
  return (
    <span className={styles['phase']} data-phase={view.kind === 'running' ? view.phase : undefined}>
      <Icon size={15} aria-hidden />
      <span>{describeRoomPhase(t, view)}</span>
    </span>
  )
}
