/** One measured value. Null or not finite: not known, and left out rather than told as 0. */
export interface MetricSample {
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number | null
}

/** Everything told under one name. All our figures are of a moment or of a window that slides, hence gauges. */
export interface MetricFamily {
  readonly name: string
  readonly help: string
  readonly samples: readonly MetricSample[]
}

/** What Prometheus is told the answer to be. */
export const PROMETHEUS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** Prometheus' text format 0.0.4. A family without a known value keeps its HELP and TYPE, and has no samples. */
export function renderPrometheusText(families: readonly MetricFamily[]): string {
  return families.map(renderFamily).join('')
}

function renderFamily({ name, help, samples }: MetricFamily): string {
  const lines = samples.flatMap(({ labels, value }) =>
    value === null || !Number.isFinite(value) ? [] : [`${name}${renderLabels(labels ?? {})} ${value}`],
  )
  const escapedHelp = help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
  return [`# HELP ${name} ${escapedHelp}`, `# TYPE ${name} gauge`, ...lines, ''].join('\n')
}

function renderLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${escapeLabelValue(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escapeLabelValue(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
