import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import { describeCodeFailure } from '../../messages/describeCodeFailure.ts'
import { useApp, useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import styles from './LinkDialog.module.css'
import { type OtherLink, useFollowLink } from '../../stores/useFollowLink.ts'
import { useRoomName } from '../../stores/useRoomName.ts'

export interface LinkDialogProps {
  readonly link: OtherLink
  readonly onClose: () => void
}

/** SECURITY: a link does nothing by itself. It is said where it leads, and the person goes there or not. */
export function LinkDialog({ link, onClose }: LinkDialogProps) {
  const { t } = useTranslation()
  const follow = useFollowLink()
  const nameOf = useRoomName()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<RoomsFailure | null>(null)
  const leads = link.kind !== 'unreadable'

  const go = async () => {
    setBusy(true)
    setFailure(null)
    const refused = await follow(link)
    setBusy(false)
    if (refused === null) onClose()
    else setFailure(refused)
  }
  return (
    <Dialog title={t('link.title')} closeLabel={t('link.close')} onClose={onClose}>
      <div className={styles['body']}>
        <p>{describeLink(t, link, nameOf)}</p>
        {leads ? <WhatFollows isMembership={link.kind === 'recurringInvite'} /> : null}
        {failure === null ? null : <Notice tone="danger">{describeCodeFailure(t, failure)}</Notice>}
        <div className={styles['actions']}>
          <Button variant={leads ? 'quiet' : 'secondary'} onClick={onClose}>
            {leads ? t('link.cancel') : t('link.done')}
          </Button>
          {leads ? (
            <Button variant="primary" busy={isBusy} onClick={() => void go()}>
              {isBusy
                ? t('link.accepting')
                : link.kind === 'recurringInvite'
                  ? t('link.accept')
                  : t('link.go')}
            </Button>
          ) : null}
        </div>
      </div>
    </Dialog>
  )
}

/** Where it leads, by name where the person sees that room anyway. A code would tell nobody anything. */
function describeLink(t: TFunction, link: OtherLink, nameOf: (roomId: string) => string | null): string {
  switch (link.kind) {
    case 'room':
    case 'roomInvite': {
      const room = nameOf(link.roomId)
      return room === null ? t(`link.${link.kind}`) : t(`link.${link.kind}Named`, { room })
    }
    case 'recurringInvite':
      return t('link.recurringInvite')
    case 'unreadable':
      return t('link.unreadable')
  }
}

function WhatFollows({ isMembership }: { readonly isMembership: boolean }) {
  const { t } = useTranslation()
  const { activeCall } = useApp()
  const { account } = useSession()
  const active = useStore(activeCall.store, (state) => state.active)
  const snapshot = active?.call.store.getState()
  const isIn = useStore(account.store, (state) => state.kind === 'signedIn') && snapshot?.kind === 'live'
  if (isMembership) return null
  return (
    <p className={styles['quiet']}>
      {t('link.before')} {isIn ? t('link.leaves', { room: snapshot.room.name }) : null}
    </p>
  )
}
