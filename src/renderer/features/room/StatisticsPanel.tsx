import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { describeMachine } from '../../messages/describeMachine.ts'
import {
  describeSaving,
  describeStatistics,
  formatStatistics,
  type NamedPerson,
  type StatisticsSection,
} from '../../messages/describeStatistics.ts'
import { useRoom } from '../../stores/services.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { Sparkline } from '../../ui/Sparkline.tsx'
import styles from './StatisticsPanel.module.css'

/** Rounds of 2 s that a chart is wide: 2 min. */
const CHART_STEPS = 60

export interface StatisticsPanelProps {
  readonly people: readonly NamedPerson[]
  readonly onClose: () => void
}

/** What is measured of the call, renewed every 2 s. */
export function StatisticsPanel({ people, onClose }: StatisticsPanelProps) {
  const { t, i18n } = useTranslation()
  const { statistics, machine } = useRoom()
  const measured = useStore(statistics.store)
  const computer = describeMachine(t, useStore(machine.store))
  const [whole, ...persons] = describeStatistics(t, measured, people)
  const isAnybodyMeasured = whole !== undefined
  const saving = describeSaving(t, i18n.language, measured)
  const sections = [
    ...(whole ? [whole] : []),
    ...(saving ? [saving] : []),
    ...(computer ? [computer] : []),
    ...persons,
  ]
  return (
    <SidePanel title={t('statistics.title')} closeLabel={t('statistics.close')} onClose={onClose}>
      {isAnybodyMeasured ? null : <p className={styles['empty']}>{t('statistics.empty')}</p>}
      {sections.length === 0 ? null : (
        <div className={styles['actions']}>
          <CopyButton
            label={t('statistics.copy')}
            copiedLabel={t('statistics.copied')}
            text={() => formatStatistics(sections)}
            failure={t('statistics.notCopied')}
          />
        </div>
      )}
      {sections.map((section) => (
        <Figures key={section.key} section={section} />
      ))}
    </SidePanel>
  )
}

function Figures({ section }: { readonly section: StatisticsSection }) {
  return (
    <section className={styles['section']} aria-label={section.title}>
      <h3 className={styles['name']}>{section.title}</h3>
      <p className={styles['summary']}>{section.summary}</p>
      <dl className={styles['figures']}>
        {section.rows.map(({ label, value, series }) => (
          <Figure key={label} label={label} value={value} series={series} />
        ))}
      </dl>
    </section>
  )
}

function Figure({ label, value, series }: StatisticsSection['rows'][number]) {
  return (
    <>
      <dt>{label}</dt>
      <dd data-wide={series === null || undefined}>{value}</dd>
      {series === null ? null : (
        <dd aria-hidden>
          <Sparkline values={series.values} steps={CHART_STEPS} floor={series.floor} />
        </dd>
      )}
    </>
  )
}
