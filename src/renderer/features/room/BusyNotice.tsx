import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { selectIsOwnLoad } from '../../core/machine/selectIsOwnLoad.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'

/** That the computer has too much to do, and what of ours could be turned off, with the button that does it. */
export function BusyNotice() {
  const { t } = useTranslation()
  const { quality, machine } = useRoom()
  const warning = useStore(quality.store, (snapshot) => snapshot.warning)
  const isShown = warning !== null
  // As it was when it appeared: the words are not to change with every reading.
  const isOwnLoad = useMemo(
    () => (isShown ? selectIsOwnLoad(machine.store.getState().loads) : null),
    [isShown, machine],
  )
  const relief = warning?.relief ?? null
  const head = t(`room.busy.head.${isOwnLoad === false ? 'others' : 'any'}`)
  const sentence = `${head} ${t(`room.busy.sentence.${relief ?? 'nothing'}`)}`
  return (
    <>
      {/* Always there: a region that comes into the page together with its words is not spoken everywhere. */}
      <VisuallyHidden live>{isShown ? sentence : ''}</VisuallyHidden>
      {isShown ? (
        <Notice
          tone="warm"
          announce={false}
          action={
            <>
              {relief === null ? null : (
                <Button onClick={() => quality.relieve()}>{t(`room.busy.action.${relief}`)}</Button>
              )}
              <Button variant="quiet" onClick={() => quality.dismissWarning()}>
                {t('notice.dismiss')}
              </Button>
            </>
          }
        >
          {sentence}
        </Notice>
      ) : null}
    </>
  )
}
