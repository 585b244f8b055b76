import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import type { WhereaboutsService } from '../../stores/services.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Switch } from '../../ui/Switch.tsx'

type Reading =
  | { readonly kind: 'loading' }
  | { readonly kind: 'known'; readonly isShown: boolean; readonly failure: RoomsFailure | null }
  | { readonly kind: 'failed'; readonly failure: RoomsFailure }

/** Whether people of one's recurring rooms are told in which public room one is. The service keeps it, and so it is asked for. */
export function WhereaboutsChoice({ whereabouts }: { readonly whereabouts: WhereaboutsService }) {
  const { t } = useTranslation()
  const [reading, setReading] = useState<Reading>({ kind: 'loading' })
  useEffect(() => {
    let isEnded = false
    const read = async () => {
      const answer = await whereabouts.read()
      if (isEnded) return
      setReading(
        answer.ok
          ? { kind: 'known', isShown: answer.value, failure: null }
          : { kind: 'failed', failure: answer.error },
      )
    }
    void read()
    return () => {
      isEnded = true
    }
  }, [whereabouts])
  if (reading.kind === 'loading') return null
  if (reading.kind === 'failed')
    return <Notice tone="warm">{describeRoomsFailure(t, reading.failure)}</Notice>

  const choose = async (isShown: boolean) => {
    setReading({ kind: 'known', isShown, failure: null })
    const answer = await whereabouts.choose(isShown)
    if (!answer.ok) setReading({ kind: 'known', isShown: !isShown, failure: answer.error })
  }
  return (
    <>
      <Switch
        label={t('settings.privacy.whereabouts')}
        hint={t('settings.privacy.whereaboutsHint')}
        checked={reading.isShown}
        onChange={(isShown) => void choose(isShown)}
      />
      {reading.failure === null ? null : (
        <Notice tone="danger">{describeRoomsFailure(t, reading.failure)}</Notice>
      )}
    </>
  )
}
