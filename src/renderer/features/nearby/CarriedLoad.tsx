import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CarriedLoad as Load } from '../../../shared/nearby/nearbyState.ts'
import { formatBps } from '../../messages/describeStatistics.ts'
import { useApp } from '../../stores/services.ts'
import styles from './Nearby.module.css'

/** How often it is asked while it is looked at. */
const INTERVAL_MS = 2_000

/** What the host's computer does for everybody. */
export function CarriedLoad({ guests }: { readonly guests: number }) {
  const { t, i18n } = useTranslation()
  const { nearby } = useApp()
  const [load, setLoad] = useState<Load | null>(null)
  useEffect(() => {
    let isOver = false
    const ask = async () => {
      const answer = await nearby.carried()
      if (!isOver) setLoad(answer)
    }
    void ask()
    const timer = setInterval(() => void ask(), INTERVAL_MS)
    return () => {
      isOver = true
      clearInterval(timer)
    }
  }, [nearby])
  const known = <T,>(value: T | null | undefined, words: (value: T) => string): string =>
    value === null || value === undefined ? t('nearby.host.unknown') : words(value)
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 })
  const rows = [
    [t('nearby.host.guests'), t('nearby.host.guestsCount', { count: guests })],
    [t('nearby.host.rooms'), known(load?.rooms, String)],
    [t('nearby.host.people'), known(load?.people, String)],
    [t('nearby.host.cpu'), known(load?.cpuPercent, (value) => percent.format(value / 100))],
    [t('nearby.host.sent'), known(load?.sentBitsPerSecond, (value) => formatBps(t, value))],
  ] as const
  return (
    <section className={styles['group']}>
      <h3 className={styles['groupTitle']}>{t('nearby.host.carries')}</h3>
      <dl className={styles['facts']}>
        {rows.map(([label, value]) => (
          <Row key={label} label={label} value={value} />
        ))}
      </dl>
      <p className={styles['quiet']}>{t('nearby.host.carriesHint')}</p>
    </section>
  )
}

function Row({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  )
}
