import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useApp } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'

/**
 * Says for as long as it lasts that one's rooms are open, or that one is in somebody else's; and how it ended. In a room only what is
 * wrong.
 */
export function NearbyNotices({ isInRoom }: { readonly isInRoom: boolean }) {
  const { t } = useTranslation()
  const { nearby, requests } = useApp()
  const { hosting, guest } = useStore(nearby.store)
  if (guest.kind === 'joined') {
    const { hostName: host, isReachable } = guest
    if (isInRoom && isReachable) return null
    return (
      <Notice
        tone={isReachable ? 'info' : 'warm'}
        action={<Button onClick={nearby.leave}>{t('nearby.guest.leave', { host })}</Button>}
      >
        {t(isReachable ? 'nearby.guest.notice' : 'nearby.guest.lost', { host })}
      </Notice>
    )
  }
  if (guest.ended !== null) {
    return (
      <Notice tone="warm" action={<Dismiss onPress={nearby.dismiss} />}>
        {t(`nearby.guest.ended.${guest.ended.reason}`, { host: guest.ended.hostName })}
      </Notice>
    )
  }
  if (hosting.kind === 'off') {
    if (hosting.problem === null) return null
    return (
      <Notice tone="warm" action={<Dismiss onPress={nearby.dismiss} />}>
        {t('nearby.hosting.ended')} {t(`nearby.host.problem.${hosting.problem}`)}
      </Notice>
    )
  }
  if (hosting.kind === 'on' && hosting.addresses.length === 0) {
    return <Notice tone="warm">{t('nearby.hosting.offline')}</Notice>
  }
  if (hosting.kind === 'on' && hosting.hasMoved) {
    const show = () => {
      nearby.dismiss()
      requests.ask({ kind: 'hostNearby' })
    }
    return (
      <Notice tone="warm" action={<Button onClick={show}>{t('nearby.hosting.show')}</Button>}>
        {t('nearby.hosting.moved')}
      </Notice>
    )
  }
  if (isInRoom) return null
  return (
    <Notice
      tone="info"
      announce={false}
      action={
        <Button onClick={() => requests.ask({ kind: 'hostNearby' })}>{t('nearby.hosting.show')}</Button>
      }
    >
      {hosting.kind === 'on'
        ? t('nearby.hosting.notice', { count: hosting.guests })
        : t('nearby.hosting.starting')}
    </Notice>
  )
}

function Dismiss({ onPress }: { readonly onPress: () => void }) {
  const { t } = useTranslation()
  return (
    <Button
      variant="quiet"
      iconOnly
      icon={<X size={18} aria-hidden />}
      aria-label={t('notice.dismiss')}
      onClick={onPress}
    />
  )
}
