import type { MetricFamily, MetricSample } from './prometheusText.ts'
import type { ServiceFigures } from './serviceFigures.ts'

/** Figures of samples: the column of the database, Prometheus' name for it, and what base units it takes. */
const QUALITY = [
  ['rtt_ms', 'studyhall_rtt_seconds', 0.001, 'Round trip of media'],
  ['jitter_ms', 'studyhall_jitter_seconds', 0.001, 'Jitter of what arrives'],
  ['loss_ratio', 'studyhall_packet_loss_ratio', 1, 'Share of packets that were lost, 0 to 1'],
  ['fps', 'studyhall_video_frames_per_second', 1, 'Pictures that arrive a second'],
  ['frame_height', 'studyhall_video_frame_height_pixels', 1, 'Height of the largest picture that arrives'],
  ['video_up_bps', 'studyhall_video_sent_bits_per_second', 1, 'Video that a person sends'],
  ['video_down_bps', 'studyhall_video_received_bits_per_second', 1, 'Video that a person receives'],
  ['audio_up_bps', 'studyhall_audio_sent_bits_per_second', 1, 'Audio that a person sends'],
  ['audio_down_bps', 'studyhall_audio_received_bits_per_second', 1, 'Audio that a person receives'],
  [
    'cpu_load_percent',
    'studyhall_client_cpu_load_ratio',
    0.01,
    'Load of the machines of people in calls, 0 to 1',
  ],
] as const

/** The figures by Prometheus' conventions: base units, named in the metric; what belongs together under one name. */
export function describeFigures(figures: ServiceFigures): readonly MetricFamily[] {
  return [...describeRooms(figures), ...describeQuality(figures), ...describeTraffic(figures)]
}

function describeRooms(figures: ServiceFigures): readonly MetricFamily[] {
  const now = (value: (row: ServiceFigures['roomsNow'][number]) => number): readonly MetricSample[] =>
    figures.roomsNow.map((row) => ({ labels: { topology: row.topology }, value: value(row) }))
  const rate = (kind: ServiceFigures['activity'][number]['kind']): readonly MetricSample[] =>
    figures.activity
      .filter((row) => row.kind === kind)
      .map((row) => ({ labels: { window: row.window_name }, value: row.per_second }))
  const people = figures.roomsNow.reduce((sum, row) => sum + row.people, 0)
  const inSfu = figures.roomsNow.find((row) => row.topology === 'sfu')?.people ?? 0
  return [
    gauge(
      'studyhall_rooms_active',
      'Rooms that are open, empty ones too.',
      now((row) => row.rooms),
    ),
    gauge(
      'studyhall_rooms_occupied',
      'Rooms that somebody is in.',
      now((row) => row.occupied_rooms),
    ),
    gauge(
      'studyhall_people',
      'People in rooms.',
      now((row) => row.people),
    ),
    gauge('studyhall_sfu_people_ratio', 'Share of people whose room uses the media server, 0 to 1.', [
      { value: people === 0 ? null : inSfu / people },
    ]),
    gauge(
      'studyhall_room_creation_rate_per_second',
      'Rooms opened a second, over the window.',
      rate('created'),
    ),
    gauge(
      'studyhall_room_closing_rate_per_second',
      'Rooms closed a second, over the window.',
      rate('closed'),
    ),
    gauge(
      'studyhall_room_join_rate_per_second',
      'People who came a second, over the window.',
      rate('joined'),
    ),
    gauge(
      'studyhall_topology_change_rate_per_second',
      'Rooms whose media went another way a second, over the window.',
      rate('topology_changed'),
    ),
    gauge(
      'studyhall_room_leave_rate_per_second',
      'People who left a second, over the window, by reason.',
      figures.leaves.map((row) => ({
        labels: { window: row.window_name, reason: row.reason },
        value: row.per_second,
      })),
    ),
    gauge(
      'studyhall_room_duration_average_seconds',
      'How long rooms lived that closed within the window, on average.',
      figures.durations.map((row) => ({ labels: { window: row.window_name }, value: row.average_seconds })),
    ),
    gauge(
      'studyhall_room_duration_seconds',
      'How long rooms lived that closed within the window.',
      figures.durations.flatMap((row) => [
        { labels: { window: row.window_name, stat: 'p50' }, value: row.p50_seconds },
        { labels: { window: row.window_name, stat: 'p90' }, value: row.p90_seconds },
        { labels: { window: row.window_name, stat: 'p99' }, value: row.p99_seconds },
      ]),
    ),
  ]
}

function describeQuality(figures: ServiceFigures): readonly MetricFamily[] {
  const families = QUALITY.map(([figure, name, factor, help]): MetricFamily => {
    const scale = (value: number | null): number | null => (value === null ? null : value * factor)
    const samples = figures.quality
      .filter((row) => row.figure === figure)
      .flatMap(({ topology, average, p50, p90, p99 }) => [
        { labels: { topology, stat: 'average' }, value: scale(average) },
        { labels: { topology, stat: 'p50' }, value: scale(p50) },
        { labels: { topology, stat: 'p90' }, value: scale(p90) },
        { labels: { topology, stat: 'p99' }, value: scale(p99) },
      ])
    return gauge(name, `${help}, over the samples of 5 minutes.`, samples)
  })
  const share = (feature: string, label: string): readonly MetricSample[] =>
    figures.shares
      .filter((row) => row.feature === feature)
      .map((row) => ({ labels: { topology: row.topology, [label]: row.value }, value: row.samples }))
  const tries = (value: (row: ServiceFigures['connections'][number]) => number | null) =>
    figures.connections.map((row) => ({ labels: { topology: row.topology }, value: value(row) }))
  return [
    ...families,
    gauge(
      'studyhall_video_resolution_samples',
      'Samples of 5 minutes by the height of the largest picture, in steps.',
      share('resolution', 'height'),
    ),
    gauge(
      'studyhall_network_path_samples',
      'Samples of 5 minutes by the path in use.',
      share('path', 'path'),
    ),
    gauge(
      'studyhall_quality_limitation_samples',
      'Samples of 5 minutes by what held the picture back.',
      share('limitation', 'reason'),
    ),
    gauge(
      'studyhall_connection_attempts',
      'Media connections tried within 5 minutes.',
      tries((row) => row.attempts),
    ),
    gauge(
      'studyhall_connection_success_ratio',
      'Share of the media connections tried within 5 minutes that came to be, 0 to 1.',
      tries((row) => row.success_ratio),
    ),
  ]
}

function describeTraffic(figures: ServiceFigures): readonly MetricFamily[] {
  return [
    gauge(
      'studyhall_bandwidth_bits_per_second',
      'Traffic of all people in calls, as they measured it within 5 minutes.',
      figures.bandwidth.flatMap(({ topology, up_bps, down_bps }) => [
        { labels: { topology, direction: 'up' }, value: up_bps },
        { labels: { topology, direction: 'down' }, value: down_bps },
      ]),
    ),
    gauge(
      'studyhall_room_bandwidth_bits_per_second',
      'Traffic of a room, up and down together, within 5 minutes.',
      figures.bandwidth.flatMap(({ topology, p50_bps, p90_bps }) => [
        { labels: { topology, stat: 'p50' }, value: p50_bps },
        { labels: { topology, stat: 'p90' }, value: p90_bps },
      ]),
    ),
    gauge('studyhall_concurrent_people_average', 'People in rooms at a time, on average over an hour.', [
      { value: figures.concurrentPeople },
    ]),
    gauge('studyhall_cost_per_hour', 'Cost of the last hour in the currency of the unit prices.', [
      { value: figures.cost.per_hour },
    ]),
    gauge('studyhall_cost_per_person_hour', 'Cost of an hour for each person who was there.', [
      { value: figures.cost.per_person_hour },
    ]),
  ]
}

function gauge(name: string, help: string, samples: readonly MetricSample[]): MetricFamily {
  return { name, help, samples }
}
