import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SharePickerState } from '../../controllers/contracts.ts'
import type { ScreenContent } from '../../core/quality/screenEncoding.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { SegmentedChoice } from '../../ui/SegmentedChoice.tsx'
import { Switch } from '../../ui/Switch.tsx'
import dialogStyles from './RoomDialog.module.css'
import styles from './ShareDialog.module.css'
import { SourceList } from './SourceList.tsx'

/** What to share, and how. What can be chosen follows what is open on the computer. */
export function ShareDialog({ picker }: { readonly picker: SharePickerState }) {
  const { t } = useTranslation()
  const { screenShare } = useRoom()
  const close = (): void => screenShare.closePicker()
  return (
    <Dialog
      title={t('room.share.title')}
      closeLabel={t('room.share.close')}
      size={picker.kind === 'listing' ? 'wide' : 'regular'}
      onClose={close}
    >
      <PickerPart picker={picker} />
    </Dialog>
  )
}

function PickerPart({ picker }: { readonly picker: SharePickerState }) {
  const { t } = useTranslation()
  const { screenShare } = useRoom()
  switch (picker.kind) {
    case 'closed':
    case 'opening':
      return null
    case 'listing':
      return <OwnPicker picker={picker} />
    case 'asking':
      return <SystemPicker picker={picker} />
    case 'barred':
      return (
        <div className={dialogStyles['body']}>
          <Notice tone="warm">{t(`room.share.denied.${picker.permission}`)}</Notice>
          <div className={dialogStyles['actions']}>
            <Button onClick={() => screenShare.closePicker()}>{t('room.share.cancel')}</Button>
            {picker.permission === 'restricted' ? null : (
              <Button variant="primary" onClick={() => screenShare.openPermissions()}>
                {t('room.share.denied.openSettings')}
              </Button>
            )}
          </div>
        </div>
      )
  }
}

function OwnPicker({ picker }: { readonly picker: Extract<SharePickerState, { kind: 'listing' }> }) {
  const { t } = useTranslation()
  const { sources, offersSound } = picker
  const [kind, setKind] = useState<'screen' | 'window'>('screen')
  const [chosenId, setChosenId] = useState<string | null>(null)
  const shown = (sources ?? []).filter((source) => source.kind === kind)
  // With one screen there is nothing to choose. A window that has been closed is chosen no more.
  const chosen = shown.find(({ id }) => id === chosenId) ?? (shown.length === 1 ? shown[0] : undefined)
  return (
    <ShareForm offersSound={offersSound} sourceId={chosen?.id ?? null} go={t('room.share.go')}>
      <SegmentedChoice
        label={t('room.share.kinds')}
        value={kind}
        options={[
          { value: 'screen', label: t('room.share.screens') },
          { value: 'window', label: t('room.share.windows') },
        ]}
        onChange={setKind}
      />
      {sources === null ? (
        <Notice tone="warm">{t('room.share.notListed')}</Notice>
      ) : (
        <SourceList
          label={kind === 'screen' ? t('room.share.screens') : t('room.share.windows')}
          empty={kind === 'screen' ? t('room.share.noScreens') : t('room.share.noWindows')}
          sources={shown}
          chosenId={chosen?.id ?? null}
          onChoose={setChosenId}
        />
      )}
    </ShareForm>
  )
}

function SystemPicker({ picker }: { readonly picker: Extract<SharePickerState, { kind: 'asking' }> }) {
  const { t } = useTranslation()
  const [sourceId, setSourceId] = useState<'screen:0:0' | 'window:0:0'>('screen:0:0')
  return (
    <ShareForm offersSound={picker.offersSound} sourceId={sourceId} go={t('room.share.goSystem')}>
      <p className={styles['quiet']}>{t('room.share.system')}</p>
      {picker.picker === 'portal' ? (
        <SegmentedChoice
          label={t('room.share.kinds')}
          value={sourceId}
          options={[
            { value: 'screen:0:0', label: t('room.share.portalScreen') },
            { value: 'window:0:0', label: t('room.share.portalWindow') },
          ]}
          onChange={setSourceId}
        />
      ) : null}
    </ShareForm>
  )
}

function ShareForm({
  offersSound,
  sourceId,
  go,
  children,
}: {
  readonly offersSound: boolean
  /** Null: nothing is chosen yet. */
  readonly sourceId: string | null
  readonly go: string
  readonly children: ReactNode
}) {
  const { t } = useTranslation()
  const { screenShare } = useRoom()
  const [content, setContent] = useState<ScreenContent>('text')
  const [withSound, setWithSound] = useState(false)
  return (
    <form
      className={dialogStyles['body']}
      onSubmit={(event) => {
        event.preventDefault()
        if (sourceId !== null) void screenShare.start({ sourceId, content, withSound })
      }}
    >
      {children}
      <SegmentedChoice
        label={t('room.share.content')}
        value={content}
        options={[
          { value: 'text', label: t('room.share.contents.text') },
          { value: 'motion', label: t('room.share.contents.motion') },
        ]}
        onChange={setContent}
      />
      {offersSound ? (
        <Switch
          label={t('room.share.sound')}
          hint={t('room.share.soundHint')}
          checked={withSound}
          onChange={setWithSound}
        />
      ) : null}
      <div className={dialogStyles['actions']}>
        <Button onClick={() => screenShare.closePicker()}>{t('room.share.cancel')}</Button>
        <Button type="submit" variant="primary" busy={sourceId === null}>
          {go}
        </Button>
      </div>
    </form>
  )
}
