import { UserRoundCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { KnownInRoom } from '../../controllers/lobby/createLobbyAside.ts'
import { joinList } from '../../messages/joinList.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './RoomList.module.css'

/** Whom one knows in a room. */
export function KnownPeople({
  known,
  isShort = false,
}: {
  readonly known: KnownInRoom | undefined
  /** The names alone are seen, where there is little room; the sentence is read out and shown on pointing. */
  readonly isShort?: boolean
}) {
  const { t, i18n } = useTranslation()
  if (known === undefined) return null
  const others = known.count - known.names.length
  const names = joinList(i18n.language, known.names)
  const words = others > 0 ? t('lobby.knownMore', { names, count: others }) : t('lobby.known', { names })
  return (
    <span className={styles['known']}>
      <UserRoundCheck size={14} aria-hidden />
      <span className={styles['knownNames']} title={words}>
        {isShort ? (
          <>
            <span aria-hidden>{names}</span>
            <VisuallyHidden>{words}</VisuallyHidden>
          </>
        ) : (
          words
        )}
      </span>
    </span>
  )
}
