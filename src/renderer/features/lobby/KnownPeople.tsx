import { UserRoundCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { KnownInRoom } from '../../controllers/lobby/createLobbyAside.ts'
import { joinList } from '../../messages/joinList.ts'
import styles from './RoomList.module.css'

/** Whom one knows in a room. */
export function KnownPeople({ known }: { readonly known: KnownInRoom | undefined }) {
  const { t, i18n } = useTranslation()
  if (known === undefined) return null
  const others = known.count - known.names.length
  const names = joinList(i18n.language, known.names)
  const words = others > 0 ? t('lobby.knownMore', { names, count: others }) : t('lobby.known', { names })
  return (
    <span className={styles['known']}>
      <UserRoundCheck size={14} aria-hidden />
      <span className={styles['knownNames']} title={words}>
        {words}
      </span>
    </span>
  )
}
