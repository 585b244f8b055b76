import type { TFunction } from 'i18next'
import { unknownQuality } from '../core/quality/selectLinkQuality.ts'
import { type PhaseAverages, selectSaving } from '../core/statistics/phaseCosts.ts'
import type { CallMeasurements } from '../core/statistics/measureCall.ts'
import type { PersonFigures, StreamFigures } from '../core/statistics/selectCallFigures.ts'
import { formatBytes } from './formatBytes.ts'
import { describeQuality } from './describeQuality.ts'

/** One figure in words, and how it went where that is worth seeing. */
export interface StatisticsRow {
  readonly label: string
  readonly value: string
  /** The newest last. The scale reaches at least to `floor`. */
  readonly series: { readonly values: readonly (number | null)[]; readonly floor: number } | null
}

/** Figures of one person, or of all. */
export interface StatisticsSection {
  readonly key: string
  readonly title: string
  readonly summary: string
  readonly rows: readonly StatisticsRow[]
}

/** Whose figures they are. */
export interface NamedPerson {
  readonly connectionId: string
  readonly displayName: string
}

/** What the panel shows, and what is copied from it: what goes out and comes in altogether, then person by person. Empty while there is nobody to measure. */
export function describeStatistics(
  t: TFunction,
  measured: CallMeasurements,
  people: readonly NamedPerson[],
): readonly StatisticsSection[] {
  if ((measured.history.at(-1)?.people ?? []).length === 0) return []
  return [describeCall(t, measured), ...people.flatMap((person) => describePerson(t, measured, person) ?? [])]
}

/** What focus phases have saved beside the rest of the call; null until there is enough of both. */
export function describeSaving(
  t: TFunction,
  language: string,
  { costs }: CallMeasurements,
): StatisticsSection | null {
  const saving = selectSaving(costs)
  if (saving === null) return null
  const { focus, rest, savedBytes } = saving
  const compare = (of: (averages: PhaseAverages) => string): string =>
    t('statistics.saving.instead', { focus: of(focus), rest: of(rest) })
  const hasLoad = focus.ownLoadPercent !== null && rest.ownLoadPercent !== null
  return {
    key: 'saving',
    title: t('statistics.saving.title'),
    summary: t('statistics.saving.summary'),
    rows: [
      row(
        t('statistics.sent'),
        compare(({ sentBps }) => formatBps(t, sentBps)),
      ),
      row(
        t('statistics.received'),
        compare(({ receivedBps }) => formatBps(t, receivedBps)),
      ),
      ...(hasLoad
        ? [
            row(
              t('statistics.machine.own'),
              compare(({ ownLoadPercent }) => formatRatio(t, (ownLoadPercent ?? 0) / 100)),
            ),
          ]
        : []),
      row(
        t('statistics.saving.saved'),
        savedBytes > 0 ? formatBytes(savedBytes, language) : t('statistics.saving.nothing'),
      ),
    ],
  }
}

/** The sections as plain text, to be sent to somebody who helps. */
export function formatStatistics(sections: readonly StatisticsSection[]): string {
  return sections
    .map(({ title, summary, rows }) =>
      [`${title}: ${summary}`, ...rows.map(({ label, value }) => `  ${label}: ${value}`)].join('\n'),
    )
    .join('\n\n')
}

function describeCall(t: TFunction, { history, own }: CallMeasurements): StatisticsSection {
  const now = history.at(-1)
  const outgoing = now?.outgoing
  const limitation = outgoing?.limitation ?? null
  return {
    key: 'call',
    title: t('statistics.call'),
    summary: describeQuality(t, own).full,
    rows: [
      row(t('statistics.sent'), formatBps(t, outgoing?.bitrateBps ?? null), {
        values: history.map((figures) => figures.outgoing.bitrateBps),
        floor: 100_000,
      }),
      row(t('statistics.received'), formatBps(t, now?.incomingBps ?? null), {
        values: history.map(({ incomingBps }) => incomingBps),
        floor: 100_000,
      }),
      row(t('statistics.available'), formatBps(t, outgoing?.availableBps ?? null)),
      row(t('statistics.ownPicture'), formatPicture(t, outgoing?.video ?? null)),
      row(t('statistics.codec'), formatCodec(t, outgoing?.video ?? null)),
      row(
        t('statistics.limitation'),
        limitation === null ? t('statistics.none') : t(`statistics.limitedBy.${limitation}`),
      ),
    ],
  }
}

function describePerson(
  t: TFunction,
  { history, links }: CallMeasurements,
  { connectionId, displayName }: NamedPerson,
): StatisticsSection | null {
  const past = history.map(
    ({ people }) => people.find((person) => person.connectionId === connectionId) ?? null,
  )
  const now = past.at(-1)
  if (!now) return null
  const series = (of: (figures: PersonFigures) => number | null, floor: number) => ({
    values: past.map((figures) => (figures === null ? null : of(figures))),
    floor,
  })
  return {
    key: connectionId,
    title: displayName,
    summary: describeQuality(t, links[connectionId] ?? unknownQuality).full,
    rows: [
      row(
        t('statistics.picture'),
        formatPicture(t, now.video),
        series(({ video }) => video?.framesPerSecond ?? 0, 30),
      ),
      row(
        t('statistics.video'),
        formatBps(t, now.video?.bitrateBps ?? null),
        series(({ video }) => video?.bitrateBps ?? 0, 100_000),
      ),
      row(t('statistics.audio'), formatBps(t, now.audio?.bitrateBps ?? null)),
      row(
        t('statistics.rtt'),
        formatMs(t, now.rttMs),
        series(({ rttMs }) => rttMs, 100),
      ),
      row(
        t('statistics.loss'),
        formatRatio(t, now.lossRatio),
        series(({ lossRatio }) => lossRatio, 0.05),
      ),
      row(
        t('statistics.jitter'),
        formatMs(t, now.jitterMs),
        series(({ jitterMs }) => jitterMs, 50),
      ),
      row(t('statistics.codec'), formatCodec(t, now.video ?? now.audio)),
      row(t('statistics.path'), formatPath(t, now)),
    ],
  }
}

function row(label: string, value: string, series: StatisticsRow['series'] = null): StatisticsRow {
  return { label, value, series }
}

/** A rate for people: `480 kbit/s`. */
export function formatBps(t: TFunction, bps: number | null): string {
  if (bps === null) return t('statistics.none')
  return bps < 1_000_000
    ? t('statistics.kilobits', { value: Math.round(bps / 1_000) })
    : t('statistics.megabits', { value: bps / 1_000_000, formatParams: { value: digits(2) } })
}

function formatMs(t: TFunction, ms: number | null): string {
  return ms === null ? t('statistics.none') : t('statistics.milliseconds', { value: Math.round(ms) })
}

function formatRatio(t: TFunction, ratio: number | null): string {
  return ratio === null
    ? t('statistics.none')
    : t('statistics.percent', { value: ratio * 100, formatParams: { value: digits(1) } })
}

/** Always so many digits after the point, so that figures do not jump about. */
function digits(count: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: count, maximumFractionDigits: count }
}

function formatPicture(t: TFunction, video: StreamFigures | null): string {
  const { frameWidth = null, frameHeight = null, framesPerSecond = null } = video ?? {}
  if (frameWidth === null || frameHeight === null) return t('statistics.noPicture')
  const value = Math.round(framesPerSecond ?? 0)
  return t('statistics.frames', { width: frameWidth, height: frameHeight, value })
}

function formatCodec(t: TFunction, stream: StreamFigures | null): string {
  if (!stream?.codec) return t('statistics.none')
  const { codec, implementation, isPowerEfficient } = stream
  if (implementation === null) return codec
  return isPowerEfficient === true
    ? t('statistics.codecInHardware', { codec, implementation })
    : t('statistics.codecBy', { codec, implementation })
}

function formatPath(t: TFunction, { path, topology }: PersonFigures): string {
  const way = t(`statistics.paths.${topology}`)
  const kind = t(`statistics.pathKinds.${path.kind}`)
  return [way, kind, ...(path.protocol === null ? [] : [path.protocol.toUpperCase()])].join(', ')
}
