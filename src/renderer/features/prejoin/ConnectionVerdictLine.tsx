import { CircleCheck, CircleHelp, Gauge, RotateCw, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { QualityChoice } from '../../../shared/settings/settings.ts'
import type { ConnectionTestState } from '../../controllers/contracts.ts'
import { selectBeginning } from '../../core/precall/selectBeginning.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './ConnectionVerdictLine.module.css'

/** What the connection is good for, why, what the call begins with, and a way to measure it again. */
export function ConnectionVerdictLine() {
  const { t } = useTranslation()
  const { connectionTest, localMedia, quality } = useRoom()
  const state = useStore(connectionTest.store)
  const isCameraOff = useStore(localMedia.store, ({ camera }) => camera.kind === 'off')
  const choice = useStore(quality.store, (snapshot) => snapshot.choice)
  const words = useWords(state, { isCameraOff, choice })
  return (
    <div
      className={styles['verdict']}
      data-quality={state.kind === 'done' ? state.verdict.quality : undefined}
    >
      <VerdictIcon state={state} />
      <div className={styles['words']} role="status">
        <p className={styles['title']}>{words.title}</p>
        {words.body === '' ? null : <p className={styles['body']}>{words.body}</p>}
      </div>
      {state.kind === 'running' || state.kind === 'idle' ? null : (
        <Button
          variant="quiet"
          iconOnly
          aria-label={t('prejoin.connection.again')}
          title={t('prejoin.connection.again')}
          icon={<RotateCw size={16} aria-hidden />}
          onClick={() => void connectionTest.start({ anew: true })}
        />
      )}
    </div>
  )
}

function VerdictIcon({ state }: { readonly state: ConnectionTestState }) {
  const look = { size: 18, className: styles['icon'], 'aria-hidden': true } as const
  switch (state.kind) {
    case 'idle':
    case 'running':
      return <Gauge {...look} />
    case 'failed':
      return <CircleHelp {...look} />
    case 'done':
      return state.verdict.quality === 'audioOnly' ? <TriangleAlert {...look} /> : <CircleCheck {...look} />
  }
}

function useWords(
  state: ConnectionTestState,
  own: { readonly isCameraOff: boolean; readonly choice: QualityChoice },
): { readonly title: string; readonly body: string } {
  const { t, i18n } = useTranslation()
  switch (state.kind) {
    case 'idle':
    case 'running':
      return { title: t('prejoin.connection.checking'), body: t('prejoin.connection.checkingHint') }
    case 'failed': {
      const key = state.failure === 'rate_limited' ? 'rateLimited' : 'unreachable'
      return { title: t('prejoin.connection.failed'), body: t(`prejoin.connection.${key}`) }
    }
    case 'done': {
      const { quality, reason } = state.verdict
      const { downloadBps, uploadBps, deviceClass } = state.readings
      const rates =
        downloadBps === null || uploadBps === null
          ? []
          : [
              t('prejoin.connection.rates', {
                download: formatMegabits(downloadBps, i18n.language),
                upload: formatMegabits(uploadBps, i18n.language),
              }),
            ]
      const advice = [
        ...(quality === 'audioOnly' && own.isCameraOff ? [t('prejoin.connection.cameraOff')] : []),
        ...selectBeginning(state.verdict, own.choice, deviceClass).map(({ whose, size }) =>
          t(`prejoin.connection.begins.${whose}`, { size }),
        ),
      ]
      return {
        title: t(`prejoin.connection.verdict.${quality}`),
        body: [t(`prejoin.connection.reason.${reason}`), ...advice, ...rates].join(' '),
      }
    }
  }
}

/** Beyond this a call does not care. */
const PLENTY_MEGABITS = 100

function formatMegabits(bps: number, language: string): string {
  const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 })
  const megabits = bps / 1_000_000
  return megabits > PLENTY_MEGABITS ? `${number.format(PLENTY_MEGABITS)}+` : number.format(megabits)
}
